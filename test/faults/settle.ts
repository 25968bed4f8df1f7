/** Waits until a desk has nothing left to do, and reads its books. */
import type { Books } from './books';
import { pause } from './pause';
import type { Server } from './server';

/** What has ended nothing for so long, although all troubles are over, is stuck: longer than a desk in Slack is left in peace at most. */
const STUCK_AFTER_MS = 75_000;
const LOOK_MS = 250;

/** The books once nothing is left to do; the judge says what is missing when nothing moves any more although something is left. */
export async function settled(servers: readonly Server[], still: (at: number) => boolean): Promise<Books> {
  let before = '';
  let moved = Date.now();
  for (;;) {
    await Promise.all(servers.map((server) => server.up()));
    // What happens while the books are read is not in them.
    const asked = Date.now();
    // Whoever is asked may die of a message that kills.
    const books = await booksAt(servers[0]).catch(() => null);
    if (!books) {
      if (Date.now() - moved > STUCK_AFTER_MS) throw new Error('no desk says any more what is in its books');
      await pause(LOOK_MS);
      continue;
    }
    const { pending, outboxAgeMs, ...ended } = books.audit;
    const untold = books.tickets.filter(({ told }) => !told).length;
    if (pending === 0 && outboxAgeMs === 0 && untold === 0 && still(asked)) return books;
    const now = JSON.stringify([ended, pending, untold, still(asked)]);
    if (now !== before) moved = Date.now();
    before = now;
    if (Date.now() - moved > STUCK_AFTER_MS) return books;
    await pause(LOOK_MS);
  }
}

async function booksAt(server: Server | undefined): Promise<Books> {
  const response = await fetch(`${server?.url()}/faults/books`);
  return response.json() as Promise<Books>; // what booksOf() made
}
