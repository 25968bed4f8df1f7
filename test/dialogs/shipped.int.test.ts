/**
 * Whole conversations with every article, intent example and wording the desk ships with; an answer stands as 《article》.
 * UPDATE_TRANSCRIPTS=1 writes them anew; read the diff.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { languageOf } from '../../dialogs/language';
import { createKnowledge } from '../../knowledge/index';
import { loadArticles } from '../../knowledge/load';
import { ARTICLES } from '../../src/assemble';
import { shippedClassifier } from '../support/classifier';
import { play } from '../support/transcript';
import type { Mind } from '../support/world';

const folder = join(__dirname, '..', 'transcripts', 'shipped');
const files = readdirSync(folder);
/** What every answer is called in the transcripts. */
const named = new Map<string, string>();
let mind: Mind;

beforeAll(async () => {
  const knowledge = createKnowledge(await loadArticles(ARTICLES));
  mind = {
    ask(question, { role, topic, spoken, only }) {
      const language = languageOf(question) ?? spoken;
      const asking = { ...(role && { audience: role }), ...(topic && { topic }), ...(language && { language }), ...(only && { only }) };
      const { decision, hits } = question === '' ? { decision: 'none' as const, hits: [] } : knowledge.ask(question, asking);
      for (const { article, answer } of hits) named.set(answer, `《${article}》`);
      return { decision, hits };
    },
    classify: await shippedClassifier,
  };
});

test.each(files)('%s runs as written down', (name) => {
  const path = join(folder, name);
  const file = readFileSync(path, 'utf8');
  const full = play(file, mind);
  const played = [...named].reduce((text, [answer, name]) => text.replaceAll(answer.replaceAll('\n', '\n   '), name), full);
  if (process.env.UPDATE_TRANSCRIPTS) writeFileSync(path, played);
  else expect(played).toBe(file);
});
