/** Which replies went out already, so that one that is handed over again after a crash is not said twice where that is known. */

import { z } from 'zod';
import type { Address } from '../../dialogs/vocabulary';
import { amend, type Notebook } from '../notebook';
import type { Log } from './options';
import { createRecent } from './recent';

export type SentBook = Readonly<{
  /** How many parts of this reply were said. Rejects when the store does not answer and this process does not know. */
  parts(to: Address, key: string): Promise<number>;
  /** Never rejects: what was said cannot be unsaid because it could not be written down. */
  said(to: Address, key: string, parts: number): Promise<void>;
}>;

/** More than one turn says: nothing older is handed over again. */
const MOST = 20;
const Note = z.object({ sent: z.array(z.object({ key: z.string(), parts: z.number() })) }).catch({ sent: [] });

export function createSentBook(deps: Readonly<{ notebook: Notebook; now: () => number; log: Log }>): SentBook {
  const known = createRecent<number>({ most: 5_000, forMs: 60 * 60_000, now: deps.now });
  const noteOf = ({ account, user, thread }: Address): string => `sent/${account}/${thread ?? ''}/${user}`;
  return {
    async parts(to, key) {
      const here = known.get(key);
      if (here !== undefined) return here;
      const note = await deps.notebook.read(noteOf(to));
      return Note.parse(note?.value).sent.find((one) => one.key === key)?.parts ?? 0;
    },
    async said(to, key, parts) {
      known.set(key, parts);
      const change = (value: unknown) => ({
        sent: [...Note.parse(value).sent.filter((one) => one.key !== key), { key, parts }].slice(-MOST),
      });
      await amend(deps.notebook, noteOf(to), change).catch((error) => deps.log.warn({ err: error }, 'a send could not be written down'));
    },
  };
}
