/** One look at a mailbox: what came after the cursor is read, stored and only then marked as seen. */
import type { ImapFlow } from 'imapflow';
import { z } from 'zod';
import type { Notebook } from '../notebook';
import { type Dealing, dealWith } from './batch';
import { after, Behind, dueIn } from './behind';
import { fetchLetters, unopened } from './fetch';
import { InHand, suspectsIn, taking } from './inHand';
import type { Patience } from './options';

/**
 * How far a mailbox is read: of what is up to `lastUid`, only what is `behind` is not stored. `lastAt` is when the last mail read came, for the
 * day when the server numbers its mails anew. `inHand`: what is opened right now.
 */
const Cursor = z.object({
  uidValidity: z.string(),
  lastUid: z.number(),
  lastAt: z.number(),
  behind: Behind.default([]),
  inHand: InHand.optional(),
});
type Cursor = Readonly<Omit<z.infer<typeof Cursor>, 'behind' | 'inHand'>> & Readonly<{ behind: Behind; inHand?: InHand | undefined }>;

const DAY_MS = 86_400_000;
/** A mailbox that was never read: what lies there unread for longer was somebody else's to answer. */
const FIRST_LOOK_MS = DAY_MS;
/** IMAP searches by the day, in the server's time zone. */
const SLACK_MS = 2 * DAY_MS;
/** Mails fetched, marked and remembered at once; their bytes are held together and are no more than those of the largest mail allowed. */
const BATCH = 50;
/** Mails asked for by their numbers in one command; servers end a line that is too long. */
const AGAIN_AT_MOST = 500;

/** `life`: a name no other start of the program has. */
export type Look = Readonly<{ notebook: Notebook; account: string; life: string; now: () => number; patience: Patience }>;

/** Resolves to what still waits for another try. */
export async function lookInto(client: ImapFlow, look: Look, dealing: Dealing): Promise<Behind> {
  const { notebook, account, now, patience } = look;
  if (client.mailbox === false) throw new Error('no folder is open');
  const { uidValidity, uidNext } = client.mailbox;
  const validity = String(uidValidity);
  const key = `cursor:${account}`;
  const note = await notebook.read(key);
  const known = Cursor.safeParse(note?.value).data;
  const renumbered = known?.uidValidity !== validity;
  let version = note?.version ?? null;
  let cursor: Cursor = renumbered
    ? { uidValidity: validity, lastUid: uidNext - 1, lastAt: known ? oldestUnread(known) : now() - FIRST_LOOK_MS, behind: [] }
    : known;

  const waiting = await listed(client, known, cursor, now());
  mustStand(client);
  const here = { validity, by: look.life };
  const suspects = suspectsIn(known?.inHand, here);
  let rest = waiting.length;
  for (const batch of batches(waiting, patience.mailBytes, suspects)) {
    const inHand = new Set(batch.map(({ uid }) => uid));
    const opening = taking([...inHand], known?.inHand, here);
    // A mailbox that was never read has no place yet to write it to.
    if (opening && known) await write({ ...(renumbered ? known : cursor), inHand: opening });
    const fetched = opening ? await fetchLetters(client, batch, patience) : batch.map(unopened);
    mustStand(client);
    const { behind } = cursor;
    const { seen, aside, left, failed } = await dealWith(fetched, { behind, inHand, now, storeMs: patience.storeMs }, dealing);
    if (aside.length > 0) await client.messageFlagsAdd(aside.join(','), ['\\Flagged'], { uid: true });
    if (seen.length > 0) await client.messageFlagsAdd(seen.join(','), ['\\Seen'], { uid: true });
    mustStand(client);
    cursor = {
      uidValidity: validity,
      lastUid: Math.max(cursor.lastUid, ...inHand),
      lastAt: Math.max(cursor.lastAt, ...batch.map(({ at }) => at)),
      behind: after(behind, inHand, left),
    };
    rest -= batch.length;
    // Where the numbers are new nothing is remembered before all is read: the cursor would stand behind what is left.
    if (!renumbered || rest === 0) await write(cursor);
    // Then a store that is away shows here, and not after all of it was fetched in vain.
    else if (failed) await notebook.read(key);
  }
  if (renumbered && waiting.length === 0) await write(cursor);
  return cursor.behind;

  /** A try in vain counts by being written here: while the store is away no mail comes nearer to being put aside. */
  async function write(next: Cursor): Promise<void> {
    if (!(await notebook.write(key, next, version))) throw new Error('another process reads this mailbox now');
    version = (version ?? 0) + 1;
  }
}

const oldestUnread = ({ lastAt, behind }: Cursor): number => Math.min(lastAt, ...behind.map(({ at }) => at));

/** Over a lost connection imapflow answers some questions with nothing at all, which would pass for mails that are gone and marks that are set. */
function mustStand(client: ImapFlow): void {
  if (!client.usable || client.mailbox === false) throw new Error('the connection was lost');
}

/** What is `apart` goes alone. */
function* batches(waiting: readonly Listed[], mostBytes: number, apart: ReadonlySet<number>): Generator<readonly Listed[]> {
  let [batch, bytes]: [Listed[], number] = [[], 0];
  for (const one of waiting) {
    const alone = apart.has(one.uid) || batch.some(({ uid }) => apart.has(uid));
    if (batch.length > 0 && (alone || batch.length === BATCH || bytes + one.size > mostBytes)) {
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
async function listed(client: ImapFlow, known: Cursor | undefined, cursor: Cursor, now: number): Promise<readonly Listed[]> {
  const fields = { uid: true, size: true, internalDate: true } as const;
  const byNumber = known?.uidValidity === cursor.uidValidity;
  const again = new Map(
    dueIn(cursor.behind, now)
      .slice(0, AGAIN_AT_MOST)
      .map(({ uid, at }) => [uid, { uid, size: 0, at }]),
  );
  let range = [...again.keys(), `${cursor.lastUid + 1}:*`].join(',');
  if (!byNumber) {
    // A mailbox read before has mails in the log, which knows them again; one never read may hold years of answered mail.
    const since = new Date(cursor.lastAt - (known ? SLACK_MS : 0));
    const found = await client.search({ since, ...(!known && { seen: false }) }, { uid: true });
    if (!found || found.length === 0) return [];
    range = found.join(',');
  }
  const rows = await client.fetchAll(range, fields, { uid: true });
  const found = rows
    .filter(({ uid }) => !byNumber || uid > cursor.lastUid || again.has(uid)) // n:* always holds the last one
    .map(({ uid, size, internalDate }) => ({ uid, size: size ?? 0, at: new Date(internalDate ?? 0).getTime() }));
  // One of those that wait may be deleted; that shows when it is asked for alone.
  const all = new Map([...again, ...found.map((one) => [one.uid, one] as const)]);
  return [...all.values()].sort((a, b) => a.uid - b.uid);
}
