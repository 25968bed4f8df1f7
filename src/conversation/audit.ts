/** Conservation, counted from the store alone: every accepted message ended somewhere, or is in work, or is lost. */
import type { Instant } from '../../dialogs/vocabulary';
import { ASIDE } from '../desk/notices';
import type { MessageDoc, Outcome } from '../store/documents';
import type { Store } from '../store/store';
import type { Audit } from './conversations';

type Group = { _id: { status: MessageDoc['status']; outcome?: Outcome | null }; count: number };

const IN_WORK_MS = 60_000;
const NAMED_AT_MOST = 100;
const PAGE = 200;

export async function audit(store: Pick<Store, 'messages' | 'conversations' | 'notices'>, now: Instant): Promise<Audit> {
  const groups = await store.messages.aggregate<Group>([
    { $match: { direction: 'in' } },
    { $group: { _id: { status: '$status', outcome: '$outcome' }, count: { $sum: 1 } } },
  ]);
  const sum = (matches: (of: Group['_id']) => boolean) => groups.reduce((total, one) => total + (matches(one._id) ? one.count : 0), 0);
  const ended = (outcome: Outcome) => sum((of) => of.status !== 'received' && of.outcome === outcome);
  const received = sum(({ status }) => status === 'received');
  const nowhere = sum(({ status, outcome }) => status !== 'received' && !outcome);
  const { stepped, lost, lostIds } = received > 0 ? await unfinished(store, now) : { stepped: [], lost: 0, lostIds: [] };
  const aside = await store.notices.count({ _id: ASIDE });
  const tally = (outcome: Outcome) => ended(outcome) + stepped.filter((one) => one === outcome).length;
  return {
    accepted: sum(() => true),
    answered: tally('answered'),
    queued: tally('queued'),
    merged: tally('merged'),
    deadLettered: tally('dead-lettered'),
    pending: Math.max(0, received - stepped.length - lost),
    lost: lost + nowhere,
    lostIds,
    outboxAgeMs: await outboxAge(store, now),
    deadLetters: (await store.messages.count({ status: 'failed' })) + ended('dead-lettered') + aside,
    aside,
  };
}

/** Of the rows not marked yet: those whose turn is saved all the same, and those that nobody took up in time. */
async function unfinished(store: Pick<Store, 'messages' | 'conversations'>, now: Instant) {
  const stepped: Outcome[] = [];
  const lostIds: string[] = [];
  let lost = 0;
  let page: MessageDoc[] = [];
  const look = async () => {
    const ids = [...new Set(page.map(({ conversation }) => conversation))];
    const conversations = await store.conversations.find({ _id: { $in: ids } });
    const seen = new Map(conversations.flatMap((one) => one.seen.map(({ id, outcome }) => [id, outcome] as const)));
    for (const { _id, receivedAt } of page) {
      const outcome = seen.get(_id);
      if (outcome) stepped.push(outcome);
      else if (now - receivedAt.getTime() > IN_WORK_MS) {
        lost += 1;
        if (lostIds.length < NAMED_AT_MOST) lostIds.push(_id);
      }
    }
    page = [];
  };
  for await (const row of store.messages.cursor({ direction: 'in', status: 'received' })) {
    page.push(row);
    if (page.length >= PAGE) await look();
  }
  if (page.length > 0) await look();
  return { stepped, lost, lostIds };
}

async function outboxAge(store: Pick<Store, 'conversations'>, now: Instant): Promise<number> {
  let oldest = now;
  for await (const { outbox } of store.conversations.cursor({ outboxAt: { $gt: 0 } })) {
    for (const { at } of outbox) oldest = Math.min(oldest, at);
  }
  return now - oldest;
}
