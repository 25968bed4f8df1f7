/** Measures extraction and intents on messages in many voices; the floors stand a little under what was reached, so that a fall shows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extract, extractTurns } from '../../../dialogs/extract';
import { understand } from '../../../dialogs/intents';
import type { IntentName, SlotName } from '../../../dialogs/vocabulary';

type Split = 'dev' | 'test';
type Message = Readonly<{
  split: Split;
  text?: string;
  turns?: readonly Readonly<{ asked: SlotName | null; text: string }>[];
  slots: Readonly<Partial<Record<SlotName, string>>>;
  issue?: readonly string[];
  rejected?: readonly SlotName[];
}>;
type Utterance = Readonly<{ split: Split; text: string; intent: IntentName }>;

function load<T>(name: string): T[] {
  const lines = readFileSync(join(__dirname, '../../fixtures/understanding', `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line));
}

const context = { schools: [], directory: false, at: 0 };
const FACTS = ['school', 'class', 'name', 'phone'] as const;
const messages = load<Message>('extraction').map((message) => ({
  ...message,
  found: message.turns ? extractTurns(message.turns, context) : extract(message.text ?? '', context),
}));
const utterances = load<Utterance>('intents').map((utterance) => ({
  ...utterance,
  first: understand(utterance.text, { classified: [], knowledge: { decision: 'none', hits: [] } })[0]?.name,
}));

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

describe.each(['dev', 'test'] as const)('on the %s split', (split) => {
  const ours = messages.filter((message) => message.split === split);

  test.each([
    ['school', 0.92, 0.96],
    ['class', 0.97, 0.97],
    ['name', 0.97, 0.97],
    ['phone', 0.98, 0.98],
  ] as const)('%s is read as meant in at least %d (dev) or %d (test) of the messages that give it', (slot, dev, reported) => {
    const floor = split === 'dev' ? dev : reported;
    const given = ours.filter(({ slots }) => slots[slot] !== undefined);
    const right = given.filter(({ slots, found }) => found.slots[slot]?.value === slots[slot]);
    expect(given.length).toBeGreaterThan(20);
    expect(share(right.length, given.length)).toBeGreaterThanOrEqual(floor);
  });

  test('at most 2 % of the facts not given are filled', () => {
    const absent = ours.flatMap(({ slots, found }) => FACTS.filter((slot) => slots[slot] === undefined).map((slot) => found.slots[slot]));
    expect(share(absent.filter((slot) => slot !== undefined).length, absent.length)).toBeLessThanOrEqual(0.02);
  });

  test('the gist of the matter is kept', () => {
    const told = ours.filter(({ issue }) => issue !== undefined);
    const kept = told.filter(({ issue = [], found }) => issue.every((word) => found.slots.issue?.value.includes(word)));
    expect(share(kept.length, told.length)).toBeGreaterThanOrEqual(split === 'dev' ? 0.9 : 0.95);
  });

  test('numbers that cannot be phones are rejected', () => {
    for (const { rejected = [], found } of ours) for (const slot of rejected) expect(found.rejected[slot]).toBeDefined();
  });
});

describe('rules alone, for words of which nothing was learnt', () => {
  test('the intent is right in at least 96 %', () => {
    expect(share(utterances.filter(({ intent, first }) => intent === first).length, utterances.length)).toBeGreaterThanOrEqual(0.96);
  });

  test.each([
    ['urgent-incident', 0.95],
    ['complaint', 0.95],
    ['human-request', 1],
  ] as const)('%s is recognised in at least %d', (name, floor) => {
    const meant = utterances.filter(({ intent }) => intent === name);
    expect(share(meant.filter(({ first }) => first === name).length, meant.length)).toBeGreaterThanOrEqual(floor);
  });
});
