/** Takes in what was heard: the way back is written down, files are fetched, everything is stored; only then is the platform answered. */
import type { Attachment } from '../../dialogs/vocabulary';
import type { Accept, Accepted } from '../channel';
import type { Activity, Shared } from './activity';
import type { Connector } from './connector';
import { addressOf, type Heard, messagesOf, unfetched } from './decode';
import type { TeamsAccount, TeamsOptions } from './options';
import { type Reference, type References, referenceOf } from './reference';
import { type createFetchShared, type Missing, missingWords } from './shared';
import { whileTurning } from './typing';

/** An account at work. Times in milliseconds; `trouble` is why nothing could be said lately. */
export type Desk = TeamsAccount &
  Readonly<{ connector: Connector }> & { heardAt: number | null; saidAt: number | null; trouble: string | null };

type Deps = Pick<TeamsOptions, 'settle' | 'log' | 'typingAfterMs'> &
  Readonly<{ references: References; fetchShared: ReturnType<typeof createFetchShared>; now: () => number }>;

export function createReceive({ settle, log, typingAfterMs = 600, references, fetchShared, now }: Deps) {
  async function fetched(desk: Desk, shared: readonly Shared[], reference: Reference) {
    const missing: { name: string; reason: Missing }[] = [];
    const got = await Promise.all(
      shared.map(async (one): Promise<Attachment> => {
        const file = await fetchShared(one, reference, desk.connector.authorization);
        if (file.kind === 'kept') return file.attachment;
        missing.push(file);
        return unfetched(one);
      }),
    );
    return { files: got, missing };
  }

  async function one(desk: Desk, activity: Activity, heard: Heard, accept: Accept, request: string | undefined): Promise<void> {
    const { account, appId = '', connector } = desk;
    const reference = referenceOf(activity, heard.by, appId);
    // First the way back: the turn may begin with the first message, before the platform has its answer.
    await references.keep(addressOf(account, activity, heard.by), reference);
    const { files, missing } = await fetched(desk, heard.shared, reference);
    const taken: Accepted[] = [];
    for (const message of messagesOf({ account, receivedAt: now(), activity }, heard, files)) taken.push(await accept(message, request));
    const [first] = taken;
    if (first === undefined || first.duplicate) return;
    if (missing.length > 0) {
      log.warn(
        { account, message: first.id, missing: missing.map(({ reason }) => reason) },
        'teams: files of a message could not be fetched',
      );
      const text = missingWords(missing, activity.locale?.startsWith('en') ? 'en' : 'zh');
      connector.send(reference, { type: 'message', text, textFormat: 'plain' }).catch(() => undefined);
    }
    whileTurning(first, settle, typingAfterMs, () => connector.send(reference, { type: 'typing' }));
  }

  /** Rejects when something could not be stored: then the platform must hear so. */
  return async (desk: Desk, activity: Activity, all: readonly Heard[], accept: Accept, request: string | undefined): Promise<void> => {
    for (const heard of all) await one(desk, activity, heard, accept, request);
  };
}
