/** Silences a conversation in which only the bot speaks, or two bots speak to each other: no person writes as fast as they do. */
import type { Address } from '../../dialogs/vocabulary';
import type { LoopLimits } from './options';

export type Breaker = Readonly<{
  /** A message of theirs came in. */
  heard(from: Address): void;
  /** Whether the bot may say one more; counts it when it may. The first refusal of a silence says so. */
  maySpeak(to: Address): 'yes' | 'silenced' | 'still silent';
  silenced(): number;
}>;

const nameOf = ({ user, thread }: Address): string => `${thread ?? ''} ${user}`;

type Count = { alone: number; sent: number[]; quietUntil: number };

export function createBreaker(limits: LoopLimits, now: () => number): Breaker {
  const counts = new Map<string, Count>();

  /** Whoever was quiet for a window is forgotten, so that a year of customers is not kept. */
  function sweep(at: number): void {
    for (const [conversation, { sent, quietUntil }] of counts) {
      if ((sent.at(-1) ?? 0) < at - limits.windowMs && quietUntil < at) counts.delete(conversation);
    }
  }

  function countOf(conversation: string): Count {
    const known = counts.get(conversation);
    if (known) return known;
    if (counts.size > 0 && counts.size % 1_000 === 0) sweep(now());
    const count: Count = { alone: 0, sent: [], quietUntil: 0 };
    counts.set(conversation, count);
    return count;
  }

  return {
    heard(from) {
      const count = counts.get(nameOf(from));
      if (count) count.alone = 0;
    },
    maySpeak(to) {
      const at = now();
      const conversation = nameOf(to);
      const count = countOf(conversation);
      if (at < count.quietUntil) return 'still silent';
      count.sent = count.sent.filter((one) => one > at - limits.windowMs);
      if (count.sent.length === 0) count.alone = 0;
      if (count.alone >= limits.alone || count.sent.length >= limits.any) {
        counts.set(conversation, { alone: 0, sent: [], quietUntil: at + limits.quietMs });
        return 'silenced';
      }
      count.alone += 1;
      count.sent.push(at);
      return 'yes';
    },
    silenced: () => [...counts.values()].filter(({ quietUntil }) => quietUntil > now()).length,
  };
}
