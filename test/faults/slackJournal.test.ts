import type { Books } from './books';
import { deskEntries, type SlackNote } from './slackJournal';

const OWN = 'C1@1700000000.000300';
const post = (key: string, text: string, thread = true): SlackNote => ({
  ...{ at: 1, kind: 'post', place: `C1@1700000000.${key}`, thread, key, ticket: 'T-1', text },
});
const mark = (name: string, on = true): SlackNote => ({ at: 2, kind: 'mark', place: OWN, name, on });
const reply = { id: 'r', at: 0, kind: 'reply', act: OWN, agent: 'lin', name: '小林', text: '在看' } as const;
const delivered = { id: 'd', at: 0, kind: 'delivered', act: OWN } as const;
const booksWith = (...lines: Books['tickets'][number]['lines']): Books => ({
  rssMb: 0,
  messages: [],
  audit: {
    accepted: 0,
    answered: 0,
    queued: 0,
    merged: 0,
    deadLettered: 0,
    aside: 0,
    pending: 0,
    lost: 0,
    lostIds: [],
    outboxAgeMs: 0,
    deadLetters: 0,
  },
  tickets: [{ _id: 'T-1', key: 'k', conversation: 'c', status: 'open', flags: [], told: true, lines }],
});
const kinds = (notes: readonly SlackNote[], books: Books) =>
  deskEntries(notes, books).map((entry) => ('id' in entry ? `${entry.kind} ${entry.id}` : entry.kind));

test('what stands outside threads is a card, what stands in them a line or what was said before', () => {
  const notes = [post('card T-1', '新工单', false), post('said 0', '您好'), post('e1', '打不开'), post('page e2', '升级', false)];
  expect(kinds(notes, booksWith())).toEqual(['card', 'said said 0', 'line e1']);
});

test("a card's new shape is known by its place", () => {
  const card = post('card T-1', '新工单', false);
  const notes: SlackNote[] = [card, { at: 2, kind: 'shape', place: 'C1@1700000000.card T-1', shows: '处理中' }];
  expect(deskEntries(notes, booksWith()).at(-1)).toEqual({ at: 2, kind: 'face', ticket: 'T-1', shows: '处理中' });
});

test("marks on an agent's own words are the lines of what became of them, each once however often it is set", () => {
  const notes = [
    mark('hourglass_flowing_sand'),
    mark('white_check_mark'),
    mark('hourglass_flowing_sand', false),
    mark('hourglass_flowing_sand'),
  ];
  expect(kinds(notes, booksWith(reply, delivered))).toEqual(['line r', 'line d', 'marks']);
  expect(deskEntries(notes, booksWith(reply, delivered)).at(-1)).toMatchObject({ act: OWN, marks: ['delivered', 'waiting'] });
  expect(deskEntries(notes.slice(0, 3), booksWith(reply, delivered)).at(-1)).toMatchObject({ marks: ['delivered'] });
});

test('words that carry no mark at the end say so', () => {
  expect(deskEntries([], booksWith(reply))).toMatchObject([{ kind: 'marks', act: OWN, marks: [] }]);
});
