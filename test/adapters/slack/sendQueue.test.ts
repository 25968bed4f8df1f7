import { DeskError } from '../../../adapters/desk';
import { createSendQueue } from '../../../adapters/slack/sendQueue';

/** A queue whose time is the test's: a wait moves it. */
function queueAt(pace = { burst: 1, everyMs: 1_000 }) {
  let time = 0;
  const sent: (readonly [what: string, at: number])[] = [];
  const queue = createSendQueue({
    now: () => time,
    wait: async (ms) => {
      time += ms;
    },
    ...pace,
  });
  const send = (what: string, channel = 'C1', slot?: string) =>
    queue.send(
      channel,
      async () => {
        sent.push([what, time]);
        return what;
      },
      slot,
    );
  return {
    queue,
    sent,
    send,
    pass(ms: number) {
      time += ms;
    },
  };
}
const quiet = (retryAfterMs: number) => new DeskError('quiet', { retryable: true, retryAfterMs });

describe('the queue of sends', () => {
  test('keeps the order of a channel and its pace', async () => {
    const { send, sent } = queueAt();
    await Promise.all(['a', 'b', 'c'].map((what) => send(what)));
    expect(sent).toEqual([
      ['a', 0],
      ['b', 1_000],
      ['c', 2_000],
    ]);
  });

  test('lets a short burst through at once', async () => {
    const { send, sent } = queueAt({ burst: 3, everyMs: 1_000 });
    await Promise.all(['a', 'b', 'c', 'd'].map((what) => send(what)));
    expect(sent.map(([, at]) => at)).toEqual([0, 0, 0, 1_000]);
  });

  test('a channel that is slow does not hold up another', async () => {
    const { send, sent, queue } = queueAt();
    const stuck = queue.send('C1', () => new Promise<never>(() => undefined));
    await send('b', 'C2');
    expect(sent).toEqual([['b', 0]]);
    expect(stuck).toBeInstanceOf(Promise);
  });

  test('of several changes to one message that wait only the newest is made, and all hear of it', async () => {
    const { send, sent } = queueAt();
    const first = send('line');
    const changes = ['v1', 'v2', 'v3'].map((what) => send(what, 'C1', 'card'));
    expect(await Promise.all([first, ...changes])).toEqual(['line', 'v3', 'v3', 'v3']);
    expect(sent.map(([what]) => what)).toEqual(['line', 'v3']);
  });

  test('a failure is its own caller’s and the next goes on', async () => {
    const { send, queue } = queueAt();
    const failed = queue.send('C1', () => Promise.reject(new DeskError('no', { retryable: false })));
    const next = send('b');
    await expect(failed).rejects.toThrow('no');
    await expect(next).resolves.toBe('b');
  });

  test('while the platform wants quiet nobody waits in line: each hears how long', async () => {
    const { send, sent, queue, pass } = queueAt({ burst: 9, everyMs: 0 });
    await expect(queue.send('C1', () => Promise.reject(quiet(5_000)))).rejects.toThrow('quiet');
    pass(2_000);
    await expect(send('b')).rejects.toMatchObject({ retryable: true, retryAfterMs: 3_000 });
    await expect(send('other', 'C2')).resolves.toBe('other');
    pass(3_000);
    await expect(send('c')).resolves.toBe('c');
    expect(sent.map(([what]) => what)).toEqual(['other', 'c']);
  });

  test('after it was closed nothing is sent', async () => {
    const { send, sent, queue } = queueAt();
    queue.close();
    await expect(send('a')).rejects.toMatchObject({ retryable: true });
    expect(sent).toEqual([]);
  });
});
