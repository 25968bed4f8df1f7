import type { Entry, History } from '../../../adapters/channel';
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
const historyOf =
  (lines: readonly Entry[]): History =>
  async (_, after, latest) => {
    const found = lines.filter((entry) => entry.seq > after);
    asked += 1;
    return latest === undefined ? found.slice(0, 500) : found.slice(-latest);
  };
let asked = 0;
const seqs = async (after: number, lines = log) => (await linesAfter(historyOf(lines), files, visitor, after)).map((line) => line.seq);

describe('a very long conversation', () => {
  test('is shown from its end when the page opens', async () => {
    const shown = await seqs(0);
    expect([shown.length, shown[0], shown.at(-1)]).toEqual([200, 1035, 1234]);
  });

  test('costs no more to open than a short one', async () => {
    asked = 0;
    await seqs(0);
    expect(asked).toBe(1);
  });

  test('is shown from its end to whoever missed more than anybody reads', async () => {
    const years = Array.from({ length: 5_000 }, (_, n) => ({ seq: n + 1, at: n, id: `b${n}`, author: 'bot' }) as const);
    const shown = await seqs(10, years);
    expect([shown.length, shown.at(-1)]).toEqual([200, 5_000]);
  });

  test('is caught up with completely after any absence that is not years long', async () => {
    const shown = await seqs(10);
    expect([shown.length, shown[0], shown.at(-1)]).toEqual([1224, 11, 1234]);
  });
});
