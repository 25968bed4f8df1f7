import type { Books } from './books';
import type { DeskEntry, Mark, PlatformEntry } from './journal';
import { type Allowed, judge } from './judge';

const audit: Books['audit'] = {
  ...{ accepted: 2, answered: 1, queued: 1, merged: 0, deadLettered: 0, aside: 0 },
  ...{ pending: 0, lost: 0, lostIds: [], outboxAgeMs: 0, deadLetters: 0 },
};
const row = (_id: string, seq: number, more: Partial<Books['messages'][number]> = {}): Books['messages'][number] => ({
  ...{ _id, seq, conversation: 'webhook:gateway:wang', direction: 'in', author: 'customer', status: 'done', outcome: 'answered', text: '' },
  ...more,
});
const out = { direction: 'out', author: 'bot', status: 'sent' } as const;

/** Two messages, the second of which opened a ticket, and a reply to each. */
const books: Books = {
  audit,
  rssMb: 0,
  messages: [
    row('webhook:gateway:wang-1', 1, { text: '你好' }),
    row('webhook:gateway:wang-1:0', 2, { ...out, text: '您好' }),
    row('webhook:gateway:wang-2', 3, { text: 'ticket', outcome: 'queued', owner: 'T-1' }),
    row('webhook:gateway:wang-2:1', 4, { ...out, text: '已登记' }),
  ],
  tickets: [
    { _id: 'T-1', key: 'webhook:gateway:wang-2:0', conversation: 'webhook:gateway:wang', status: 'open', flags: [], told: true, lines: [] },
  ],
};
const platform: PlatformEntry[] = [
  { at: 1, user: 'wang', kind: 'sent', id: 'wang-1', text: '你好', opens: false },
  { at: 2, user: 'wang', kind: 'acked', id: 'wang-1', tries: 1 },
  { at: 3, user: 'wang', kind: 'got', key: 'webhook:gateway:wang-1:0', seq: 2, text: '您好', taken: true },
  { at: 4, user: 'wang', kind: 'sent', id: 'wang-2', text: 'ticket', opens: true },
  { at: 5, user: 'wang', kind: 'acked', id: 'wang-2', tries: 1 },
  { at: 6, user: 'wang', kind: 'got', key: 'webhook:gateway:wang-2:1', seq: 4, text: '已登记', taken: true },
];
const workplace: DeskEntry[] = [{ at: 7, ticket: 'T-1', kind: 'card' }];

const whole = { platform, workplace, books };
const calm: Allowed = { handedOver: false, repeats: 'unheard', failed: new Map(), prefix: 'webhook:gateway:' };
const kinds = (given: Partial<typeof whole>, allowed: Partial<Allowed> = {}): string[] => {
  const { platform: said, workplace: shown, books: kept } = { ...whole, ...given };
  return judge({ platform: said, workplace: shown }, kept, { ...calm, ...allowed }).violations.map(({ kind }) => kind);
};
const without = (id: string): Books => ({ ...books, messages: books.messages.filter(({ _id }) => _id !== id) });
const changed = (id: string, more: Partial<Books['messages'][number]>): Books => ({
  ...books,
  messages: books.messages.map((one) => (one._id === id ? { ...one, ...more } : one)),
});

describe('the judge', () => {
  test('finds nothing where everything arrived once and in order', () => {
    expect(judge({ platform, workplace }, books, calm)).toEqual({
      violations: [],
      tally: { messages: 2, replies: 2, repeated: 0, unheard: 0, tickets: 1, deadLetters: 0 },
    });
  });

  test('lets the bot’s words wait for the customer’s next where a platform counts, behind those of a person', () => {
    const spoken = changed('webhook:gateway:wang-2:1', { author: 'agent' });
    const got = (key: string, seq: number, at: number): PlatformEntry => ({
      at,
      user: 'wang',
      kind: 'got',
      key,
      seq,
      text: '',
      taken: true,
    });
    const said = platform.filter(({ kind }) => kind !== 'got');
    const waited = [...said, got('webhook:gateway:wang-2:1', 4, 3), got('webhook:gateway:wang-1:0', 2, 6)];
    expect(kinds({ platform: waited, books: spoken }, { counts: true })).toEqual([]);
    expect(kinds({ platform: waited, books: spoken })).toEqual(['out of order']);
    expect(kinds({ platform: waited }, { counts: true })).toEqual(['out of order']);
    const unasked = [...said, got('webhook:gateway:wang-2:1', 4, 6), got('webhook:gateway:wang-1:0', 2, 7)];
    expect(kinds({ platform: unasked, books: spoken }, { counts: true })).toEqual(['out of order']);
  });

  test('allows a reply to come again under its own key where its arrival was not known, and never with other words', () => {
    const again: PlatformEntry = { at: 8, user: 'wang', kind: 'got', key: 'webhook:gateway:wang-1:0', seq: 2, text: '您好', taken: true };
    const twice = { platform: [...platform, again] };
    expect(kinds(twice)).toEqual(['doubled']);
    expect(kinds(twice, { repeats: 'any' })).toEqual([]);
    const failed = new Map([[again.key, 1]]);
    expect(kinds(twice, { failed })).toEqual([]);
    expect(kinds(twice, { failed, repeats: 'none' })).toEqual(['doubled']);
    expect(judge({ ...twice, workplace }, books, { ...calm, failed }).tally).toMatchObject({ repeated: 1, unheard: 1 });
    expect(kinds({ platform: [...twice.platform, again] }, { failed })).toEqual(['doubled']);
    expect(kinds({ platform: [...platform, { ...again, text: '什么' }] }, { repeats: 'any' })).toEqual(['doubled']);
  });

  test.each<[string, Parameters<typeof kinds>[0], string[]]>([
    ['an acknowledged message that is nowhere', { books: without('webhook:gateway:wang-1') }, ['lost']],
    ['a message that ended nowhere', { books: changed('webhook:gateway:wang-1', { status: 'received' }) }, ['lost']],
    ['a reply that never arrived', { platform: platform.slice(0, 5) }, ['lost']],
    [
      'a reply that was refused',
      { platform: platform.map((one) => (one.kind === 'got' ? { ...one, taken: false } : one)) },
      ['lost', 'lost'],
    ],
    [
      'replies that overtake',
      { platform: [2, 5].reduceRight((all, n) => [...all.slice(0, n), ...all.slice(n + 1), ...all.slice(n, n + 1)], platform) },
      ['out of order'],
    ],
    ['messages in another order', { books: changed('webhook:gateway:wang-1', { seq: 9 }) }, ['out of order']],
    ['a form without a ticket', { books: { ...books, tickets: [] } }, ['ticket']],
    ['a ticket nobody asked for', { platform: platform.map((one) => (one.kind === 'sent' ? { ...one, opens: false } : one)) }, ['ticket']],
    ['a ticket put up twice', { workplace: [...workplace, ...workplace] }, ['doubled']],
    ['a ticket never put up', { workplace: [] }, ['lost']],
    ['a hole in the audit', { books: { ...books, audit: { ...audit, lost: 1, answered: 0 } } }, ['lost', 'lost']],
  ])('blames %s', (_, given, expected) => {
    expect(kinds(given)).toEqual(expected);
  });

  test('a thread shows each line once and in order', () => {
    const lines = ['a', 'b'].map((id) => ({ id, at: 0, kind: 'change' as const, text: id }));
    const kept = { ...books, tickets: books.tickets.map((ticket) => ({ ...ticket, lines })) };
    const shows = (...ids: string[]) =>
      kinds({
        books: kept,
        workplace: [...workplace, ...ids.map((id) => ({ at: 9, ticket: 'T-1', kind: 'line' as const, id, text: id }))],
      });
    expect(shows('a', 'b')).toEqual([]);
    expect(shows('a')).toEqual(['lost']);
    expect(shows('b', 'a')).toEqual(['out of order']);
    expect(shows('a', 'b', 'b')).toEqual(['doubled']);
  });

  test("a thread says the customer's words as they were, what was said before only once, and the card how the matter stands", () => {
    const line = { id: 'a', at: 0, kind: 'customer' as const, text: '还是打不开' };
    const kept: Books = {
      ...books,
      messages: [...books.messages, row('webhook:gateway:wang-3', 5, { text: line.text, outcome: 'queued', owner: 'T-1' })],
      tickets: books.tickets.map((ticket) => ({ ...ticket, lines: [line] })),
    };
    const sees = (...more: DeskEntry[]) => kinds({ books: kept, workplace: [...workplace, ...more] });
    const shown = (text: string): DeskEntry => ({ at: 9, ticket: 'T-1', kind: 'line', id: 'a', text });
    const said: DeskEntry = { at: 8, ticket: 'T-1', kind: 'said', id: 'said 0', text: 'ticket' };
    const face = (shows: string): DeskEntry => ({ at: 10, ticket: 'T-1', kind: 'face', shows });
    expect(sees(said, shown('💬 *客户*：还是打不开'), face('已解决'), face('待受理'))).toEqual([]);
    expect(sees(shown('💬 *客户*：打开了'))).toEqual(['lost']);
    expect(sees(said, said, shown(line.text))).toEqual(['doubled']);
    expect(sees(shown(line.text), face('待受理'), face('已解决'))).toEqual(['shown']);
  });

  test("an agent's words carry one mark, the last that became of them, and a note never reaches the customer", () => {
    const lines = [
      { id: 'r', at: 0, kind: 'reply' as const, act: 'a1', agent: 'lin', name: '小林', text: '在看' },
      { id: 'd', at: 0, kind: 'delivered' as const, act: 'a1' },
    ];
    const kept = { ...books, tickets: books.tickets.map((ticket) => ({ ...ticket, lines })) };
    const shown = lines.map(({ id }): DeskEntry => ({ at: 9, ticket: 'T-1', kind: 'line', id, text: '' }));
    const sees = (...marks: Mark[]) =>
      kinds({ books: kept, workplace: [...workplace, ...shown, { at: 9, ticket: 'T-1', kind: 'marks', act: 'a1', marks }] });
    expect(sees('delivered')).toEqual([]);
    expect(sees('waiting')).toEqual(['shown']);
    expect(sees('delivered', 'waiting')).toEqual(['shown']);
    const note = (text: string): DeskEntry[] => [
      { at: 9, ticket: 'T-1', kind: 'act', id: 'a2', act: 'note', hides: text },
      { at: 9, ticket: 'T-1', kind: 'acted', id: 'a2', status: 200 },
    ];
    const noted = { ...books, messages: [...books.messages, row('desk:T-1:a2', 0, { author: 'agent', outcome: 'merged' })] };
    expect(kinds({ books: noted, workplace: [...workplace, ...note('难缠')] })).toEqual([]);
    expect(kinds({ books: noted, workplace: [...workplace, ...note('已登记')] })).toEqual(['shown']);
  });

  test("an agent's words stand in the order in which they were written, whatever was given up between them", () => {
    const says = (n: number): DeskEntry[] => [
      { at: 10 * n, ticket: 'T-1', kind: 'act', id: `a${n}`, act: 'reply', hears: `第${n}句` },
      { at: 10 * n + 1, ticket: 'T-1', kind: 'acted', id: `a${n}`, status: 200 },
    ];
    const act = (n: number, more = {}) => row(`desk:T-1:a${n}`, 0, { author: 'agent', outcome: 'answered', ...more });
    const reply = (n: number, seq: number) => row(`desk:T-1:a${n}:0`, seq, { ...out, author: 'agent', text: `第${n}句` });
    const sees = (...rows: Books['messages']) => {
      const got = rows.flatMap(({ _id, seq, text }): PlatformEntry[] =>
        text ? [{ at: 50 + (seq ?? 0), user: 'wang', kind: 'got', key: _id, seq: seq ?? 0, text, taken: true }] : [],
      );
      const gots = got.sort((a, b) => a.at - b.at);
      return kinds(
        {
          platform: [...platform, ...gots],
          workplace: [...workplace, ...says(1), ...says(2), ...says(3)],
          books: { ...books, messages: [...books.messages, ...rows] },
        },
        { handedOver: true },
      );
    };
    expect(sees(act(1), reply(1, 5), act(2), reply(2, 6), act(3), reply(3, 7))).toEqual([]);
    expect(sees(act(1), reply(1, 6), act(2), reply(2, 5), act(3), reply(3, 7))).toEqual(['out of order']);
    const given = act(2, { status: 'dead', owner: 'T-1', error: 'away' });
    expect(sees(act(1), reply(1, 5), given, act(3), reply(3, 6))).toEqual(['dead letter']);
  });

  test('a dead letter needs an owner who can read why, and a reason why it could happen here at all', () => {
    const dead = changed('webhook:gateway:wang-1:0', { status: 'failed', owner: 'T-1', error: 'ChannelError: away' });
    const why: DeskEntry = { at: 9, ticket: 'T-1', kind: 'line', id: 'x', text: '请人工跟进：away' };
    const kept = {
      ...dead,
      tickets: dead.tickets.map((ticket) => ({ ...ticket, lines: [{ id: 'x', at: 0, kind: 'change' as const, text: why.text }] })),
    };
    expect(kinds({ books: kept, workplace: [...workplace, why] }, { handedOver: true })).toEqual([]);
    expect(kinds({ books: kept, workplace: [...workplace, why] })).toEqual(['dead letter']);
    expect(kinds({ books: dead }, { handedOver: true })).toEqual(['dead letter']);
  });
});
