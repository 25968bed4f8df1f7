/** A conversation while events are stepped on it: what the next save will hold. Several events may share one save. */

import type { Outgoing } from '../../adapters/channel';
import type { Address, Effect, EffectKind, Flag, Holder, Instant, Locale, State, TimerName } from '../../dialogs/vocabulary';
import { STATE_SCHEMA } from '../../dialogs/vocabulary';
import { GRAVE } from '../desk/lines';
import type { ConversationDoc, OutboxItem, Stepped } from '../store/documents';
import { addressOf, effectId } from './ids';

export type Draft = {
  state: State;
  seq: number;
  readonly now: Instant;
  locale: Locale;
  readonly address: Address;
  readonly outbox: OutboxItem[];
  readonly seen: Stepped[];
  readonly flags: Set<Flag>;
  readonly wakes: Partial<Record<TimerName, number>>;
  /** Numbers handed to the engine, and those it used. */
  readonly handedOut: string[];
  readonly used: Set<string>;
};

export function draftOf(id: string, doc: ConversationDoc | null, begin: (at: Instant) => State, now: Instant): Draft {
  return {
    // A state of another schema cannot be read; the dialog restarts, the tickets stay.
    state: doc && doc.schema === STATE_SCHEMA ? doc.state : begin(now),
    seq: doc?.seq ?? 0,
    now,
    locale: doc?.locale ?? 'zh',
    address: doc?.address ?? addressOf(id),
    outbox: [],
    seen: [],
    flags: new Set(doc?.flags),
    wakes: { ...doc?.wakes },
    handedOut: [],
    used: new Set(),
  };
}

/** Takes a turn's effects over: flags and timers become part of the document, the rest goes to the outbox. Returns the replies. */
export function take(draft: Draft, event: string, effects: readonly Effect[], at: Instant): readonly Outgoing[] {
  const replies: Outgoing[] = [];
  for (const [n, effect] of effects.entries()) {
    const id = effectId(event, n);
    switch (effect.kind) {
      case 'wakeAt':
        draft.wakes[effect.timer] = effect.at;
        continue;
      case 'cancelWake':
        delete draft.wakes[effect.timer];
        continue;
      case 'raiseFlag':
        draft.flags.add(effect.flag);
        if (effect.ticket === undefined && !GRAVE.has(effect.flag)) continue;
        break;
      case 'openTicket':
        draft.used.add(effect.number);
        break;
      case 'reply':
        draft.seq += 1;
        replies.push({ key: id, seq: draft.seq, to: draft.address, reply: effect.reply });
        draft.outbox.push({ id, effect, seq: draft.seq, at, attempts: 0, notBefore: draft.now });
        continue;
      case 'confirmSent':
      case 'amendTicket':
      case 'tellDesk':
      case 'warnAgent':
      case 'releaseTicket':
      case 'closeTicket':
      case 'rememberCustomer':
      case 'recordGap':
      case 'recordAnswer':
      case 'recordSurvey':
        break;
    }
    draft.outbox.push({ id, effect, at, attempts: 0, notBefore: draft.now });
  }
  return replies;
}

/** How a message ended, by what was decided on it. Whoever owns it is named when that is a person. */
export function outcomeOf(effects: readonly Effect[]): Pick<Stepped, 'outcome' | 'owner'> {
  for (const effect of effects) {
    if (effect.kind === 'openTicket') return { outcome: 'queued', owner: effect.number };
    if (effect.kind === 'tellDesk') return { outcome: 'queued', owner: effect.ticket };
  }
  return { outcome: effects.some(({ kind }) => kind === 'reply') ? 'answered' : 'merged' };
}

export const kindsOf = (effects: readonly Effect[]): readonly EffectKind[] => effects.map(({ kind }) => kind);

export type Lease = ConversationDoc['lease'];

/** The document a draft becomes. `worked` is the old outbox and marks with what was performed meanwhile taken out. */
export function documentOf(
  id: string,
  doc: ConversationDoc | null,
  draft: Draft,
  more: Readonly<{ worked: Pick<ConversationDoc, 'outbox' | 'seen'>; outboxAt: number | null; lease: Lease; holder: Holder; now: Date }>,
): ConversationDoc {
  const wakes = Object.values(draft.wakes);
  return {
    _id: id,
    schema: STATE_SCHEMA,
    version: (doc?.version ?? 0) + 1,
    address: draft.address,
    locale: draft.locale,
    state: draft.state,
    holder: more.holder,
    seq: draft.seq,
    seen: more.worked.seen,
    outbox: more.worked.outbox,
    outboxAt: more.outboxAt,
    lease: more.lease,
    flags: [...draft.flags],
    wakes: draft.wakes,
    wakeAt: wakes.length === 0 ? null : Math.min(...wakes),
    createdAt: doc?.createdAt ?? more.now,
    updatedAt: more.now,
  };
}
