/** One look at a mailbox: what came after the cursor is read, stored and only then marked as seen. */
import type { ImapFlow } from 'imapflow';
import { z } from 'zod';
import { amend, type Notebook } from '../notebook';
import { type Fetched, fetchLetters } from './fetch';
import { inLanes } from './lanes';
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
/** Mails fetched, marked and remembered at once; their bytes are held together and are no more than those of the largest mail allowed. */
const BATCH = 50;
/** Senders whose mails are stored at the same time. */
const SENDERS = 8;

export type Look = Readonly<{ notebook: Notebook; account: string; now: () => number; patience: Patience }>;
/** What to do with one mail; rejects when it could not be stored. Called for several senders at a time, for one sender never. */
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
  mustStand(client);
  let left = waiting.length;
  for (const batch of batches(waiting, look.patience.mailBytes)) {
    const fetched = await fetchLetters(client, batch, look.patience);
    mustStand(client);
    const seen: number[] = [];
    const failures = await inLanes(fetched, senderOf, SENDERS, async (one) => {
      if (!leftUnseen(await handle(one))) seen.push(one.uid);
    });
    if (seen.length > 0) await client.messageFlagsAdd(seen.join(','), ['\\Seen'], { uid: true });
    mustStand(client);
    // Up to the first that was not stored; what was stored behind it is known again when it is read again.
    const firstFailed = Math.min(...[...failures.keys()].map(({ uid }) => uid));
    for (const { uid, at } of batch.filter((one) => one.uid < firstFailed)) {
      cursor = { ...cursor, lastUid: Math.max(cursor.lastUid, uid), lastAt: Math.max(cursor.lastAt, at) };
    }
    left -= batch.length;
    // Where the numbers are new nothing is remembered before all is read: the cursor would stand behind what is left.
    if (known?.uidValidity === validity || (failures.size === 0 && left === 0)) await remember();
    for (const failure of failures.values()) throw failure;
  }
  if (known?.uidValidity !== validity && waiting.length === 0) await remember();
  return waiting.length;

  async function remember(): Promise<void> {
    if (cursor !== started || known?.uidValidity !== validity) await amend(notebook, key, () => ({ ...cursor }));
  }
}

/** Over a lost connection imapflow answers some questions with nothing at all, which would pass for mails that are gone and marks that are set. */
function mustStand(client: ImapFlow): void {
  if (!client.usable || client.mailbox === false) throw new Error('the connection was lost');
}

/** What a sender's mails say is read in the order in which they came; one without a sender waits for nobody. */
const senderOf = ({ letter, uid }: Fetched): string => letter?.from?.address ?? String(uid);

function* batches(waiting: readonly Listed[], mostBytes: number): Generator<readonly Listed[]> {
  let [batch, bytes]: [Listed[], number] = [[], 0];
  for (const one of waiting) {
    if (batch.length > 0 && (batch.length === BATCH || bytes + one.size > mostBytes)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(one);
    bytes += one.size;
  }
  if (batch.length > 0) yield batch;
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
