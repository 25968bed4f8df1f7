import type { Entry } from '../../../adapters/channel';
import { linesAfter } from '../../../adapters/web/lines';
import { createFiles } from '../../../src/files/files';

const visitor = { account: 'default', id: 'v', expiresAt: 1 };
const files = createFiles({ dir: 'never touched', secret: 'a secret of sufficient length', now: () => 0 });
const log: Entry[] = Array.from({ length: 1234 }, (_, n) => ({
  seq: n + 1,
  at: n,
  id: `b${n}`,
  author: 'bot',
  reply: { kind: 'text', text: `${n}` },
}));
/** Hands out 500 lines at once, as the real log does. */
const history = async (_: unknown, after: number) => log.filter((entry) => entry.seq > after).slice(0, 500);
const seqs = async (after: number) => (await linesAfter(history, files, visitor, after)).map((line) => line.seq);

describe('a very long conversation', () => {
  test('is shown from its end when the page opens', async () => {
    const shown = await seqs(0);
    expect([shown.length, shown[0], shown.at(-1)]).toEqual([200, 1035, 1234]);
  });

  test('is caught up with completely, however much was missed', async () => {
    const shown = await seqs(10);
    expect([shown.length, shown[0], shown.at(-1)]).toEqual([1224, 11, 1234]);
  });
});
