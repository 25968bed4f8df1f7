/** Hard wordings with classifier and knowledge in place, as a turn has them; the floors stand a little under what was reached. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { understand } from '../../dialogs/intents';
import { createKnowledge } from '../../knowledge/index';
import { loadArticles } from '../../knowledge/load';
import { shippedClassifier } from '../support/classifier';

type Utterance = Readonly<{ split: string; text: string; intent: string }>;
const read = (name: string): readonly Utterance[] =>
  readFileSync(join(__dirname, '../fixtures/understanding', name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const understood = loadArticles(join(__dirname, '../../knowledge/articles')).then(async (articles) => {
  const knowledge = createKnowledge(articles);
  const classify = await shippedClassifier;
  const first = (text: string) => understand(text, { classified: classify(text), knowledge: knowledge.ask(text) })[0]?.name;
  return (name: string) => read(name).map((one) => ({ ...one, first: first(one.text) }));
});

const share = (some: readonly { intent: string; first: string | undefined }[]): number =>
  some.filter(({ intent, first }) => intent === first).length / some.length;

test.each([
  ['intents.jsonl', 0.95],
  ['hard-intents.jsonl', 0.9],
  ['unseen-intents.jsonl', 0.93],
])('what is wanted in %s is seen in %d', async (name, floor) => {
  const all = (await understood)(name);
  expect(share(all)).toBeGreaterThanOrEqual(floor);
});

test('of hard wordings none that is urgent, asks for a person or complains goes unseen', async () => {
  const all = (await understood)('hard-intents.jsonl').filter(({ intent }) =>
    ['urgent-incident', 'human-request', 'complaint'].includes(intent),
  );
  expect(all.filter(({ intent, first }) => intent !== first)).toEqual([]);
  expect(all.length).toBeGreaterThan(15);
});

test('hardly anything else raises the alarm', async () => {
  const others = ['intents.jsonl', 'hard-intents.jsonl'].flatMap(await understood).filter(({ intent }) => intent !== 'urgent-incident');
  expect(others.filter(({ first }) => first === 'urgent-incident').length).toBeLessThanOrEqual(2);
});
