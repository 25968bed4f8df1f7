/** Files that could not be fetched while the platform waited: noted before their message is stored, and brought as a part of it once they are here. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Content } from '../../dialogs/vocabulary';
import type { Accept } from '../channel';
import { inLanes } from '../lanes';
import { amend, leaseOf, type Notebook } from '../notebook';
import { type Media, mediaName, waiting } from './decode';
import type { Log, Times } from './options';

const Pending = z.object({
  account: z.string(),
  user: z.string(),
  id: z.string(),
  at: z.number(),
  media: z.object({ kind: z.enum(['image', 'voice', 'video']), mediaId: z.string(), transcript: z.string().optional() }),
});
export type Pending = Readonly<{ account: string; user: string; id: string; at: number; media: Media }>;

export type Later = Readonly<{
  /** The file as the log keeps it: the file itself when it comes in time, else a place for it that is filled later. */
  contentOf(pending: Pending): Promise<Content>;
  /** Begins to bring what is still missing; resolves to what ends it. */
  start(accept: Accept): () => Promise<void>;
  /** Files not here yet, as far as this process knows. */
  waiting(): number;
}>;

const KEY = 'media';
/** The platform keeps a file so long. */
const KEPT_MS = 3 * 24 * 60 * 60_000;
/** What a process is at right now is left to it. */
const UNDER_WAY_MS = 2 * 60_000;
const KEPT_AT_MOST = 1_000;
/** Files fetched at the same time: one that hangs holds up nobody's. */
const ABREAST = 4;

export function createLater(
  deps: Readonly<{
    notebook: Notebook;
    fetchMedia: (account: string, media: Media) => Promise<Content>;
    now: () => number;
    log: Log;
    times: Times;
  }>,
): Later {
  const { notebook, now, log, times } = deps;
  let accept: Accept | null = null;
  let missing = 0;

  const listOf = (value: unknown): readonly Pending[] => {
    const parsed = z.array(Pending).safeParse(value);
    return parsed.success ? (parsed.data as readonly Pending[]) : [];
  };
  const isSame = (one: Pending, other: Pending): boolean => nameOf(one) === nameOf(other);
  const lost = ({ media }: Pending, why: string): Content => waiting(media, `${mediaName(media.kind)}（${why}，请让客户重发）`);

  /** Whether there was room for it. */
  async function remember(pending: Pending): Promise<boolean> {
    const list = await amend(notebook, KEY, (value) => {
      const others = listOf(value).filter((one) => !isSame(one, pending));
      return others.length < KEPT_AT_MOST ? [...others, pending] : others;
    });
    return list.some((one) => isSame(one, pending));
  }
  const forget = (pending: Pending) => amend(notebook, KEY, (value) => listOf(value).filter((one) => !isSame(one, pending)));

  /** A part of the message: the customer is not answered twice for one picture. */
  async function bring(pending: Pending, content: Content): Promise<void> {
    if (!accept) return;
    const from = { channel: 'wechat-official', account: pending.account, user: pending.user } as const;
    await accept({ id: `${pending.id}/1`, from, at: pending.at, content, part: true });
    await forget(pending);
  }

  async function fetchLate(pending: Pending, fetching: Promise<Content>): Promise<void> {
    try {
      await bring(pending, await fetching);
    } catch (error) {
      log.warn({ account: pending.account, id: pending.id, err: error }, 'a file of a customer could not be fetched yet');
    }
  }

  async function look(): Promise<void> {
    const list = listOf((await notebook.read(KEY))?.value);
    missing = list.length;
    const failures = await inLanes(list, nameOf, ABREAST, async (pending) => {
      const age = now() - pending.at;
      if (age > KEPT_MS) {
        log.error({ account: pending.account, id: pending.id }, 'a file of a customer was never to be had');
        await bring(pending, lost(pending, '三天内未能取得'));
      } else if (age > UNDER_WAY_MS && accept) {
        await fetchLate(pending, deps.fetchMedia(pending.account, pending.media));
      }
    });
    for (const error of failures.values()) throw error;
  }

  return {
    async contentOf(pending) {
      const fetching = deps.fetchMedia(pending.account, pending.media);
      const inTime = await soon(fetching, times.mediaWithin);
      if (inTime) return inTime;
      const hasRoom = await remember(pending);
      missing += 1;
      void fetchLate(pending, fetching);
      return hasRoom ? waiting(pending.media) : lost(pending, '等着取的文件太多');
    },
    start(given) {
      accept = given;
      const lease = leaseOf(notebook, 'media-lease', { owner: randomUUID(), ms: times.mediaEvery * 3, now });
      let looking = false;
      const timer = setInterval(() => {
        const held = lease.hold();
        // While a look goes on it only keeps others from taking it up.
        if (looking) return void held.catch(() => undefined);
        looking = true;
        held
          .then((ours) => (ours ? look() : undefined))
          .catch((error) => log.warn({ err: error }, 'files of customers wait for the store'))
          .finally(() => {
            looking = false;
          });
      }, times.mediaEvery);
      return async () => {
        clearInterval(timer);
        accept = null;
        await lease.release().catch(() => undefined);
      };
    },
    waiting: () => missing,
  };
}

const nameOf = ({ account, id }: Pending): string => `${account}:${id}`;

/** Null when it failed or is not there yet; a failure is somebody else's to tell. */
function soon(fetching: Promise<Content>, ms: number): Promise<Content | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  return Promise.race([fetching.catch(() => null), late]).finally(() => clearTimeout(timer));
}
