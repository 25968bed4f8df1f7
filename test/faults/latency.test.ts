import { latencyOf } from './latency';

test('waiting is counted from the asking to the card, and from the word to the first time it arrived', () => {
  const latency = latencyOf(
    {
      platform: [
        { at: 10, user: 'wang', kind: 'sent', id: 'wang-1', text: 'ticket', opens: true },
        { at: 90, user: 'wang', kind: 'got', key: 'k', seq: 3, text: '请重启', taken: false },
        { at: 95, user: 'wang', kind: 'got', key: 'k', seq: 3, text: '请重启', taken: true },
        { at: 99, user: 'wang', kind: 'got', key: 'k', seq: 3, text: '请重启', taken: true },
      ],
      workplace: [
        { at: 40, ticket: 'T-1', kind: 'card' },
        { at: 50, ticket: 'T-1', kind: 'act', id: 'T-1-1', act: 'reply', hears: '请重启' },
      ],
    },
    new Map([['T-1', 'wang-1']]),
  );
  expect(latency).toEqual({ card: { p50: 30, p99: 30 }, answer: { p50: 45, p99: 45 } });
});

test('where nobody asked there is nothing to count', () => {
  expect(latencyOf({ platform: [], workplace: [] }, new Map())).toEqual({ card: null, answer: null });
});
