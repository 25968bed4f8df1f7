/**
 * Whole conversations with every article, intent example and wording the desk ships with; an answer stands as 《article》.
 * UPDATE_TRANSCRIPTS=1 writes them anew; read the diff.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClassifier } from '../../knowledge/classify';
import { createKnowledge } from '../../knowledge/index';
import { loadArticles } from '../../knowledge/load';
import { ARTICLES } from '../../src/assemble';
import { play } from '../support/transcript';
import type { Mind } from '../support/world';

const folder = join(__dirname, '..', 'transcripts', 'shipped');
const files = readdirSync(folder);
let mind: Mind;

beforeAll(async () => {
  const knowledge = createKnowledge(await loadArticles(ARTICLES));
  mind = {
    ask(question, { role, topic }) {
      const asking = { ...(role && { audience: role }), ...(topic && { topic }) };
      const { decision, hits } = question === '' ? { decision: 'none' as const, hits: [] } : knowledge.ask(question, asking);
      return { decision, hits: hits.map((hit) => ({ ...hit, answer: `《${hit.article}》` })) };
    },
    classify: createClassifier(),
  };
});

test.each(files)('%s runs as written down', (name) => {
  const path = join(folder, name);
  const file = readFileSync(path, 'utf8');
  const played = play(file, mind);
  if (process.env.UPDATE_TRANSCRIPTS) writeFileSync(path, played);
  else expect(played).toBe(file);
});
