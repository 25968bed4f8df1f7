/** One event on a conversation's draft: gather, step, take the effects over. What fails three times is handed to a person. */
import { notes } from '../../dialogs/copy/notes';
import type { Effect, Event, Flag, State, TimerName } from '../../dialogs/vocabulary';
import type { Numbers } from '../desk/numbers';
import type { Refusal } from '../desk/tickets';
import { rulesOf, type Settings } from '../settings';
import { StoreError } from '../store/collection';
import type { MessageDoc, Stepped } from '../store/documents';
import type { Act } from './acts';
import type { Deps, Options, TurnReport } from './deps';
import { type Draft, kindsOf, outcomeOf, take } from './draft';
import { type Gather, NUMBERS_PER_TURN } from './gather';
import { timerId } from './ids';
import type { Lane } from './lane';
import { mergeReplies } from './merge';
import type { Perform } from './perform';
import type { Settled } from './settled';

export type Turned = Readonly<{ id: string; settled: Settled }>;
export type Turns = Readonly<{
  /** Steps one line of the log. Throws only when the store fails, with nothing taken over. */
  message(lane: Lane, draft: Draft, row: MessageDoc): Promise<Turned>;
  /** Fires what is due of the draft's timers. */
  timers(lane: Lane, draft: Draft): Promise<void>;
}>;

export function createTurns(
  deps: Deps,
  options: Options,
  parts: Readonly<{ gather: Gather; numbers: Numbers; act: Act; perform: Perform }>,
): Turns {
  const { gather, numbers } = parts;
  const rules = rulesCache(deps.settings);

  async function reserve(draft: Draft): Promise<readonly string[]> {
    const reserved = await numbers.reserve(NUMBERS_PER_TURN);
    draft.handedOut.push(...reserved);
    return reserved;
  }

  function step(
    lane: Lane,
    draft: Draft,
    event: Event,
    row: MessageDoc | null,
    since: number,
    extra: readonly Effect[] = [],
  ): Settled & { effects: readonly Effect[] } {
    const from = draft.state.phase;
    const turn = deps.step(draft.state, event, rules());
    const decided = [...turn.effects, ...extra];
    const merge = deps.channels.get(draft.address.channel)?.limits?.merge === true;
    const effects = merge ? mergeReplies(decided) : decided;
    draft.state = turn.state;
    const replies = take(draft, event.id, effects, event.at);
    const report: TurnReport = {
      conversation: lane.id,
      event: event.kind,
      id: event.id,
      from,
      to: turn.state.phase,
      effects: kindsOf(effects),
      ms: performance.now() - since,
      ...(row?.request !== undefined && { request: row.request }),
      ...(event.kind === 'broke' && { error: event.reason }),
    };
    deps.log[event.kind === 'broke' ? 'error' : 'info'](report, 'turn');
    deps.onTurn?.(report);
    return { replies, effects };
  }

  /** The line's own place in the conversation comes before the places of its replies. */
  function place(draft: Draft, row: MessageDoc): number | null {
    if (row.author !== 'customer') return null;
    draft.seq += 1;
    return draft.seq;
  }

  /** What was decided on a ticket's life before an agent's act stands on the ticket before the act does. */
  async function catchUp(lane: Lane, draft: Draft, ticket: string): Promise<void> {
    for (const item of [...(lane.doc?.outbox ?? []), ...draft.outbox]) {
      const { effect, id } = item;
      const due = (effect.kind === 'releaseTicket' || effect.kind === 'closeTicket') && effect.ticket === ticket;
      if (due && !lane.done.performed.has(id)) await parts.perform(item, lane.id, draft.address);
    }
  }

  async function eventOf(lane: Lane, draft: Draft, row: MessageDoc): Promise<Event | null | Refusal> {
    const at = row.receivedAt.getTime();
    if (row.agentEvent) {
      await catchUp(lane, draft, row.agentEvent.ticket);
      return parts.act(row.agentEvent, row._id, at, draft.locale);
    }
    if (!row.content) return null;
    const pending = [...(lane.doc?.outbox ?? []), ...draft.outbox];
    const gathered = await gather.received(lane, draft.state, row.content, pending, at, draft.locale);
    draft.handedOut.push(...gathered.numbers);
    return { id: row._id, at, locale: draft.locale, kind: 'received', content: row.content, ...(row.part && { part: row.part }), gathered };
  }

  async function attempt(lane: Lane, draft: Draft, row: MessageDoc): Promise<Turned> {
    const since = performance.now();
    const event = await eventOf(lane, draft, row);
    if (event === null) return close(draft, row, { outcome: 'merged' }, null, { replies: [] });
    if ('reason' in event && 'message' in event) {
      return close(draft, row, { outcome: 'merged', error: event.message }, null, { replies: [], refusal: event });
    }
    const before = draft.seq;
    try {
      const seq = place(draft, row);
      const { replies, effects } = step(lane, draft, event, row, since);
      return close(draft, row, outcomeOf(effects), seq, { replies });
    } catch (error) {
      draft.seq = before;
      throw error;
    }
  }

  function close(
    draft: Draft,
    row: MessageDoc,
    ended: Partial<Stepped> & Pick<Stepped, 'outcome'>,
    seq: number | null,
    settled: Settled,
  ): Turned {
    draft.seen.push({ id: row._id, seq, status: 'done', ...ended });
    return { id: row._id, settled };
  }

  /** The message goes to a person with the reason shown, and the conversation goes on (DESIGN: never lost, never blocking). */
  async function broke(lane: Lane, draft: Draft, row: MessageDoc, reason: string): Promise<Turned> {
    const since = performance.now();
    const at = row.receivedAt.getTime();
    const event: Event = {
      id: row._id,
      at,
      locale: draft.locale,
      kind: 'broke',
      reason,
      numbers: await reserve(draft),
      desk: await gather.desk(),
    };
    const seq = place(draft, row);
    const told = tell(lane, draft, event, row, since);
    const owner = told.owner ?? openBare(draft, event);
    draft.flags.add('dead-letter');
    const note: Effect = { kind: 'amendTicket', number: owner, slots: {}, flags: DEAD_LETTER, note: reason };
    take(draft, `${row._id}!`, [note], at);
    return close(draft, row, { status: 'dead', outcome: 'dead-lettered', owner, error: reason }, seq, { replies: told.replies });
  }

  /** A state that breaks even this event is given up for a new one. */
  function tell(lane: Lane, draft: Draft, event: Event, row: MessageDoc, since: number): Settled & { owner: string | undefined } {
    for (const state of [draft.state, deps.begin(event.at)]) {
      try {
        draft.state = state;
        const { replies, effects } = step(lane, draft, event, row, since);
        return { replies, owner: outcomeOf(effects).owner ?? ticketOf(draft.state) };
      } catch (error) {
        deps.log.error({ conversation: lane.id, id: event.id, err: error }, 'the engine failed on its own failure');
      }
    }
    return { replies: [], owner: undefined };
  }

  function openBare(draft: Draft, event: Extract<Event, { kind: 'broke' }>): string {
    const [number = `${event.id}`] = event.numbers.filter((one) => !draft.used.has(one));
    const open: Effect = {
      kind: 'openTicket',
      number,
      form: 'intake',
      nature: '咨询',
      priority: 'high',
      department: deps.settings().deadLetterDepartment,
      slots: draft.state.memory.slots,
      flags: DEAD_LETTER,
      handoff: true,
    };
    take(draft, `${event.id}!!`, [open], event.at);
    return number;
  }

  return {
    async message(lane, draft, row) {
      if (row.locale) draft.locale = row.locale;
      if (row.error !== undefined) return broke(lane, draft, row, row.error);
      if (row.attempts >= options.tries) return broke(lane, draft, row, notes.programStopped);
      for (let tries = 1; ; tries += 1) {
        try {
          return await attempt(lane, draft, row);
        } catch (error) {
          // A store that is away is nobody's message's fault: the whole turn waits for it.
          if (error instanceof StoreError && error.retryable) throw error;
          deps.log.warn({ conversation: lane.id, id: row._id, tries, err: error }, 'a message failed');
          if (tries >= options.tries) return broke(lane, draft, row, reasonOf(error));
        }
      }
    },
    async timers(lane, draft) {
      const now = deps.now();
      const desk = await gather.desk();
      for (const [timer, at] of dueTimers(draft, now)) {
        delete draft.wakes[timer];
        const id = timerId(lane.id, timer, at);
        const event: Event = { id, at: now, locale: draft.locale, kind: 'timerFired', timer, numbers: await reserve(draft), desk };
        try {
          step(lane, draft, event, null, performance.now());
        } catch (error) {
          deps.log.error({ conversation: lane.id, id, err: error }, 'a timer failed and was dropped');
        }
      }
    },
  };
}

function dueTimers({ wakes }: Draft, now: number): readonly (readonly [TimerName, number])[] {
  // Object.entries() forgets that the keys are names of timers.
  return (Object.entries(wakes) as [TimerName, number][]).filter(([, at]) => at <= now).sort(([, a], [, b]) => a - b);
}

const DEAD_LETTER: readonly Flag[] = ['dead-letter'];

function ticketOf(state: State): string | undefined {
  return 'ticket' in state ? state.ticket : undefined;
}

/** For the people who read the ticket: what kind of failure, without the customer's words. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : 'unknown failure';
}

function rulesCache(settings: () => Settings): () => ReturnType<typeof rulesOf> {
  let made: { of: Settings; rules: ReturnType<typeof rulesOf> } | undefined;
  return () => {
    const of = settings();
    if (made?.of !== of) made = { of, rules: rulesOf(of) };
    return made.rules;
  };
}
