/** Writes a conversation's document: always in one update, always against the version that was read, so that of two workers one wins. */
import type { Holder, State } from '../../dialogs/vocabulary';
import { type Filter, StoreError } from '../store/collection';
import type { ConversationDoc } from '../store/documents';
import type { Deps, Options } from './deps';
import { type Draft, documentOf, type Lease } from './draft';
import { dueAt, fold, type Lane, settleProgress } from './lane';
import type { Workers } from './workers';

export type Save = Readonly<{
  /** False when somebody else wrote first; then nothing was written and the lane must read again. */
  turn(lane: Lane, draft: Draft): Promise<boolean>;
  /** Writes down what was performed, and lets go of the lease when nothing is due. False as above. */
  progress(lane: Lane): Promise<boolean>;
}>;

export function createSave(
  deps: Deps & Readonly<{ holderOf: (state: State) => Holder }>,
  options: Options,
  workers: Pick<Workers, 'theirs'>,
): Save {
  const { conversations } = deps.store;

  /** A lease somebody else still holds stays theirs: they perform what we append. */
  function leaseOf(held: Lease, due: number | null, now: number): Lease {
    if (workers.theirs(held)) return held;
    return due !== null && due <= now ? { owner: options.worker, until: now + options.leaseMs } : null;
  }

  /** Renewing a lease leaves the version as it is: whoever takes over one that ran out must see that it still has. */
  function unrenewed({ lease }: ConversationDoc, next: ConversationDoc): Filter {
    const foreign = lease !== null && lease !== next.lease && lease.owner !== options.worker;
    return foreign ? { 'lease.owner': lease.owner, 'lease.until': lease.until } : {};
  }

  async function write(lane: Lane, before: ConversationDoc | null, next: ConversationDoc): Promise<boolean> {
    try {
      const written = before
        ? await conversations.change(
            { _id: next._id, version: before.version, ...unrenewed(before, next) },
            { $set: changed(before, next) },
          )
        : (await conversations.insert(next)).inserted;
      if (!written) {
        lane.doc = null;
        lane.readLog = true;
        return false;
      }
    } catch (error) {
      // The answer was lost, not necessarily the write: only reading again tells.
      lane.doc = null;
      lane.readLog = true;
      throw error;
    }
    lane.doc = next;
    settleProgress(lane.done, next);
    return true;
  }

  return {
    turn(lane, draft) {
      const { doc } = lane;
      const now = deps.now();
      const old = doc ? fold(doc, lane.done) : { outbox: [], seen: [] };
      const worked = { outbox: [...old.outbox, ...draft.outbox], seen: [...old.seen, ...draft.seen] };
      const outboxAt = dueAt(worked.outbox);
      // With marks to make a lease is of use even if nothing is to be sent.
      const lease = leaseOf(doc?.lease ?? null, worked.seen.length > 0 ? now : dueAt(worked.outbox, now), now);
      const holder = deps.holderOf(draft.state);
      return write(lane, doc, documentOf(lane.id, doc, draft, { worked, outboxAt, lease, holder, now: new Date(now) }));
    },
    async progress(lane) {
      const { doc } = lane;
      if (!doc)
        throw new StoreError('conversation-unread', `Conversation ${lane.id} must be read before it is written.`, { retryable: true });
      const now = deps.now();
      const worked = fold(doc, lane.done);
      const outboxAt = dueAt(worked.outbox);
      const lease = leaseOf(doc.lease, worked.seen.length > 0 ? now : dueAt(worked.outbox, now), now);
      return write(lane, doc, { ...doc, ...worked, outboxAt, lease, version: doc.version + 1 });
    },
  };
}

/** What is the very same value stands in the store already: nothing in a document is ever changed in place. */
function changed(before: ConversationDoc, next: ConversationDoc): Partial<ConversationDoc> {
  const set: Record<string, unknown> = {};
  for (const field of Object.keys(next) as (keyof ConversationDoc)[]) if (next[field] !== before[field]) set[field] = next[field];
  return set;
}
