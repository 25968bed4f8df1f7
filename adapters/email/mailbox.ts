/** One look at a mailbox: what came after the cursor is read, stored and only then marked as seen. */
import type { ImapFlow } from 'imapflow';
import { z } from 'zod';
import { amend, type Notebook } from '../notebook';
import { type Fetched, fetchLetter } from './fetch';
import type { Patience } from './options';
import { leftUnseen, type Outcome } from './take';

/** How far a mailbox is read. `lastAt` is when the last mail read came, for the day when the server numbers its mails anew. */
const Cursor = z.object({ uidValidity: z.string(), lastUid: z.number(), lastAt: z.number() });
type Cursor = Readonly<z.infer<typeof Cursor>>;

const DAY_MS = 86_400_000;
/** A mailbox that was never read: what lies there unread for longer was somebody else's to answer. */
const FIRST_LOOK_MS = DAY_MS;
/** IMAP searches by the day, in the server's time zone. */
const SLACK_MS = 2 * DAY_MS;
/** Mails marked and remembered at once. */
const BATCH = 20;

export type Look = Readonly<{ notebook: Notebook; account: string; now: () => number; patience: Patience }>;
/** What to do with one mail; rejects when it could not be stored. */
export type Handle = (fetched: Fetched) => Promise<Outcome>;

export async function lookInto(client: ImapFlow, look: Look, handle: Handle): Promise<number> {
  const { notebook, account, now } = look;
  if (client.mailbox === false) throw new Error('no folder is open');
  const { uidValidity, uidNext } = client.mailbox;
  const validity = String(uidValidity);
  const key = `cursor:${account}`;
  const known = Cursor.safeParse((await notebook.read(key))?.value).data;
  let cursor: Cursor =
    known?.uidValidity === validity
      ? known
      : { uidValidity: validity, lastUid: uidNext - 1, lastAt: known?.lastAt ?? now() - FIRST_LOOK_MS };
  const started = cursor;

  const waiting = await listed(client, known, cursor);
  for (let from = 0; from < waiting.length; from += BATCH) {
    const seen: number[] = [];
    let failure: unknown = null;
    for (const one of waiting.slice(from, from + BATCH)) {
      try {
        const fetched = await fetchLetter(client, one, look.patience);
        const outcome = fetched && (await handle(fetched));
        if (outcome && !leftUnseen(outcome)) seen.push(one.uid);
        cursor = { ...cursor, lastUid: Math.max(cursor.lastUid, one.uid), lastAt: Math.max(cursor.lastAt, one.at) };
      } catch (error) {
        failure = error;
        break;
      }
    }
    if (seen.length > 0) await client.messageFlagsAdd(seen.join(','), ['\\Seen'], { uid: true });
    // Where the numbers are new nothing is remembered before all is read: the cursor would stand behind what is left.
    const whole = known?.uidValidity === validity || (failure === null && from + BATCH >= waiting.length);
    if (whole) await remember();
    if (failure !== null) throw failure;
  }
  if (known?.uidValidity !== validity && waiting.length === 0) await remember();
  return waiting.length;

  async function remember(): Promise<void> {
    if (cursor !== started || known?.uidValidity !== validity) await amend(notebook, key, () => ({ ...cursor }));
  }
}

export type Listed = Readonly<{ uid: number; size: number; at: number }>;

/** What is to be read, oldest first. */
async function listed(client: ImapFlow, known: Cursor | undefined, cursor: Cursor): Promise<readonly Listed[]> {
  const fields = { uid: true, size: true, internalDate: true } as const;
  const byNumber = known?.uidValidity === cursor.uidValidity;
  let range = `${cursor.lastUid + 1}:*`;
  if (!byNumber) {
    // A mailbox read before has mails in the log, which knows them again; one never read may hold years of answered mail.
    const since = new Date(cursor.lastAt - (known ? SLACK_MS : 0));
    const found = await client.search({ since, ...(!known && { seen: false }) }, { uid: true });
    if (!found || found.length === 0) return [];
    range = found.join(',');
  }
  const rows = await client.fetchAll(range, fields, { uid: true });
  return rows
    .filter(({ uid }) => !byNumber || uid > cursor.lastUid) // n:* always holds the last one
    .map(({ uid, size, internalDate }) => ({ uid, size: size ?? 0, at: new Date(internalDate ?? 0).getTime() }))
    .sort((a, b) => a.uid - b.uid);
}
