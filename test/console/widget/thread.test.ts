import type { Line } from '../../../adapters/web/wire';
import { addOwn, completeUpTo, latestSeq, livingOffer, mark, merge, type Thread } from '../../../console/widget/thread';

const text = (words: string) => ({ kind: 'text', text: words }) as const;
const own = (clientMsgId: string) => ({ clientMsgId, content: text(clientMsgId) });
const customer = (seq: number, clientMsgId: string): Line => ({
  seq,
  at: seq,
  id: `web:default:v.${clientMsgId}`,
  author: 'customer',
  clientMsgId,
  content: text(clientMsgId),
});
const bot = (seq: number, words: string, options: readonly string[] = []): Line => ({
  seq,
  at: seq,
  id: `b${seq}`,
  author: 'bot',
  replies: [{ kind: 'text', text: words, options: options.map((label) => ({ value: label, label })) }],
});
const keys = (thread: Thread): string[] => thread.map((item) => item.key);

describe('the order of the conversation', () => {
  test('is the order of the log, however the lines arrive', () => {
    expect(keys(merge(merge([], [bot(3, 'c')]), [bot(1, 'a'), bot(2, 'b')]))).toEqual(['b1', 'b2', 'b3']);
  });

  test('a line that comes twice is shown once and not drawn again', () => {
    const before = merge([], [bot(1, 'a')]);
    expect(merge(before, [bot(1, 'a')])).toBe(before);
  });

  test('an answer stands behind the question even before the log has numbered the question', () => {
    const asked = mark(addOwn([], own('q'), 0), 'q', { delivery: 'sent' });
    expect(keys(merge(asked, [bot(2, 'answer')]))).toEqual(['q', 'b2']);
  });

  test('words not yet arrived stay at the end, below an answer to earlier ones', () => {
    const asked = mark(addOwn([], own('q1'), 0), 'q1', { delivery: 'sent' });
    expect(keys(merge(addOwn(asked, own('q2'), 1), [bot(2, 'answer')]))).toEqual(['q1', 'b2', 'q2']);
  });

  test('own words move to where the log has them', () => {
    const both = ['q1', 'q2'].reduce<Thread>((thread, id) => mark(addOwn(thread, own(id), 0), id, { delivery: 'sent' }), []);
    const answered = merge(both, [bot(2, 'to q1')]);
    expect(keys(answered)).toEqual(['q1', 'q2', 'b2']);
    expect(keys(merge(answered, [customer(1, 'q1'), customer(3, 'q2')]))).toEqual(['q1', 'b2', 'q2']);
  });
});

describe('own words', () => {
  test('are shown once, whether they come back from the log or from an earlier page', () => {
    const thread = merge(addOwn([], own('q'), 0), [customer(1, 'q')]);
    expect(keys(addOwn(thread, own('q'), 5))).toEqual(['q']);
  });

  test('once in the log can no longer be called failed', () => {
    const thread = mark(merge([], [customer(1, 'q')]), 'q', { delivery: 'failed', refused: 'unavailable' });
    expect(thread[0]?.delivery).toBeUndefined();
  });

  test('lose the reason of a failure when they are sent again', () => {
    const failed = mark(addOwn([], own('q'), 0), 'q', { delivery: 'failed', refused: 'unavailable' });
    expect(failed[0]).toMatchObject({ delivery: 'failed', refused: 'unavailable' });
    expect(mark(failed, 'q', { delivery: 'sending' })[0]).not.toHaveProperty('refused');
  });
});

describe('what is missing', () => {
  test('is known from the gap', () => {
    const thread = merge([], [bot(5, 'a'), bot(6, 'b'), bot(8, 'd')]);
    expect([completeUpTo(thread, 4), completeUpTo(thread, 6), latestSeq(thread)]).toEqual([6, 6, 8]);
  });
});

describe('buttons', () => {
  test('may be pressed on the newest line that offers any, also when plain words follow it', () => {
    expect(livingOffer(merge([], [bot(1, 'a', ['x']), bot(2, 'b', ['y']), bot(3, 'c')]))).toBe('b2');
  });

  test('are over once the customer has spoken', () => {
    expect(livingOffer(addOwn(merge([], [bot(1, 'a', ['x'])]), own('q'), 0))).toBeUndefined();
  });
});
