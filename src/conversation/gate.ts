/**
 * Lets only so many calls to one party go on at a time, so that each is waited for and not the crowd before it: fewer when calls fail, more
 * again as they succeed, as in TCP. Nobody is held up for long.
 */
import type { Scheduler } from './deps';

/** Runs `work` once there is room for one more under this key, or after `longestMs` whatever the crowd. */
export type Gate = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** So many always go on. */
const FEWEST = 4;

/** `room`: how many may go on now; `since`: the call that was the last to begin when one failed. */
type Party = { inside: number; room: number; since: number; begun: number };

export function createGate(
  given: Readonly<{
    abreast: number;
    longestMs: number;
    /** Whether a failure says that the party has too much to do, or is away. */
    strained: (error: unknown) => boolean;
    scheduler: Pick<Scheduler, 'after'>;
  }>,
): Gate {
  const parties = new Map<string, Party>();
  const waiting = new Map<string, Set<() => void>>();

  function turn(key: string): Promise<void> {
    const crowd = waiting.get(key) ?? new Set();
    waiting.set(key, crowd);
    return new Promise((resolve) => {
      const enter = (): void => {
        cancel();
        crowd.delete(enter);
        if (crowd.size === 0) waiting.delete(key);
        resolve();
      };
      crowd.add(enter);
      const cancel = given.scheduler.after(given.longestMs, enter);
    });
  }

  return async (key, work) => {
    const party = parties.get(key) ?? { inside: 0, room: given.abreast, since: 0, begun: 0 };
    parties.set(key, party);
    if (party.inside >= Math.floor(party.room)) await turn(key);
    party.inside += 1;
    party.begun += 1;
    const mine = party.begun;
    try {
      const done = await work();
      party.room = Math.min(given.abreast, party.room + 1 / party.room);
      return done;
    } catch (error) {
      // A crowd that failed together is one sign, not as many as it had heads.
      if (mine > party.since && given.strained(error)) {
        party.room = Math.max(FEWEST, party.room / 2);
        party.since = party.begun;
      }
      throw error;
    } finally {
      party.inside -= 1;
      const [next] = waiting.get(key) ?? [];
      if (next && party.inside < Math.floor(party.room)) next();
      // What is as it was at first need not be remembered.
      if (party.inside === 0 && !waiting.has(key) && party.room === given.abreast) parties.delete(key);
    }
  };
}
