/** A desk that keeps what it is shown, as a list of words; `refuse` makes the next calls fail. */

import type { Entry } from '../../adapters/channel';
import { type Desk, DeskError, type Notice, type TicketCard } from '../../adapters/desk';

export type Shown = Readonly<{ ref: string; card: TicketCard; transcript: readonly Entry[]; lines: string[] }>;

export function createScriptedWorkplace(name: Desk['name'] = 'slack') {
  const threads = new Map<string, { ref: string; card: TicketCard; transcript: readonly Entry[]; lines: string[]; keys: Set<string> }>();
  const notices: Notice[] = [];
  let refuse: (() => DeskError | null) | null = null;
  /** What the platform took although the caller hears of a failure. */
  let deaf = false;
  let pause: (() => Promise<void>) | null = null;
  const arrive = () => {
    const error = refuse?.();
    if (error && !deaf) throw error;
    return error;
  };
  const desk: { -readonly [K in keyof Desk]: Desk[K] } = {
    name,
    async offer(card, transcript, again) {
      const error = arrive();
      const ref = `thread-${card.number}`;
      const known = threads.get(ref);
      if (known && !again) throw new Error(`${card.number} was put up twice`);
      if (!known) threads.set(ref, { ref, card, transcript, lines: [], keys: new Set() });
      if (error) throw error;
      return ref;
    },
    async relay(ref, _, line, again) {
      const error = arrive();
      const thread = threads.get(ref);
      if (!thread) throw new Error(`there is no ${ref}`);
      if (thread.keys.has(line.id)) {
        if (!again) throw new Error(`${line.id} was shown twice`);
        return;
      }
      thread.keys.add(line.id);
      thread.lines.push('text' in line ? line.text : line.kind);
      const waiting = pause?.();
      pause = null;
      await waiting;
      if (error) throw error;
    },
    async update(ref, card) {
      const thread = threads.get(ref);
      if (thread) thread.card = card;
      return ref;
    },
    async notify(notice) {
      const error = arrive();
      notices.push(notice);
      if (error) throw error;
    },
    start: async () => async () => undefined,
  };
  return {
    desk,
    notices,
    shown: (number: string): Shown | undefined => threads.get(`thread-${number}`),
    /** Before the next line is acknowledged this is waited for. */
    pauseOnce(wait: () => Promise<void>) {
      pause = wait;
    },
    /** Lets calls fail; with `taken` the platform did what was asked and only the answer was lost. */
    refuse(how: typeof refuse, taken = false) {
      refuse = how;
      deaf = taken;
    },
  };
}

export const away = (): DeskError => new DeskError('the platform does not answer', { retryable: true });
