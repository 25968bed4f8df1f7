/** Which way the answer to a message goes: in the response to one of its deliveries, or by a call afterwards. Decided once, whoever asks first. */
import type { Accepted } from '../channel';

/** `key` is the reply the response carried, null when it carried only what had waited. */
export type Way = Readonly<{ kind: 'response'; key: string | null }> | Readonly<{ kind: 'call' }>;
export type Turn = {
  readonly way: Promise<Way>;
  decided: Way | null;
  decide(way: Way): void;
  /** What the deliveries of one message share; null before the first try and after one that failed. */
  stored: Promise<Accepted | null> | null;
  /** Deliveries being answered right now. */
  open: number;
  endedAt: number;
};

export type Turns = Readonly<{
  /** One more delivery of a message begins; call `end` when it is over. */
  begin(message: string): Turn;
  end(turn: Turn): void;
  /** The way once it is known; null when no delivery ever came to this process. A broken delivery is given time to come again. */
  wayOf(message: string): Promise<Way | null>;
  /** It goes by a call, whatever deliveries still come. */
  call(message: string): void;
}>;

const KEPT = 5_000;
const LOOK_EVERY_MS = 50;

export function createTurns(deps: Readonly<{ now: () => number; retryWithin: number }>): Turns {
  const turns = new Map<string, Turn>();

  function open(): Turn {
    let resolve: (way: Way) => void = () => undefined;
    const way = new Promise<Way>((done) => {
      resolve = done;
    });
    const turn: Turn = {
      way,
      decided: null,
      decide(chosen) {
        turn.decided ??= chosen;
        resolve(turn.decided);
      },
      stored: null,
      open: 0,
      endedAt: 0,
    };
    return turn;
  }

  /** The turn of a message, now the latest; what is longest ago is forgotten, unless it is being answered. */
  function latest(message: string): Turn {
    const turn = turns.get(message) ?? open();
    turns.delete(message);
    turns.set(message, turn);
    for (const [old, { open: answering }] of turns) {
      if (turns.size <= KEPT) break;
      if (answering === 0 && old !== message) turns.delete(old);
    }
    return turn;
  }

  return {
    begin(message) {
      const turn = latest(message);
      turn.open += 1;
      return turn;
    },
    call: (message) => latest(message).decide({ kind: 'call' }),
    end(turn) {
      turn.open -= 1;
      turn.endedAt = deps.now();
    },
    async wayOf(message) {
      const turn = turns.get(message);
      if (!turn) return null;
      while (turn.decided === null) {
        if (turn.open === 0 && deps.now() - turn.endedAt >= deps.retryWithin) turn.decide({ kind: 'call' });
        else await Promise.race([turn.way, pause(LOOK_EVERY_MS)]);
      }
      return turn.decided;
    },
  };
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
