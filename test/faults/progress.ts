/** Shows how far a scenario has come: on a terminal in one line that changes, elsewhere by a line now and then. */
import type { Progress } from './play';
import { now } from './table';

const EVERY_MS = 30_000;

export type Showing = Readonly<{ show: (progress: Progress) => void; end: () => void }>;

export function createShowing(name: string, out: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>): Showing {
  let shown = Date.now();
  return {
    show(progress) {
      if (out.isTTY) return void out.write(`\r\x1b[K${now(name, progress)}`);
      if (Date.now() - shown < EVERY_MS) return;
      shown = Date.now();
      out.write(`${now(name, progress)}\n`);
    },
    end() {
      if (out.isTTY) out.write('\r\x1b[K');
    },
  };
}
