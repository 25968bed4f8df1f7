/** Hands the chat to a person, with everything known: on the ticket already open, or on a new one (S4-57). */

import { spoken, spokenMinutes } from '../clock';
import { notes } from '../copy/notes';
import { draftOf, formOf, missing, unique } from '../form';
import { forms } from '../forms';
import type { Scene } from '../heard';
import { enter, lines, say } from '../turn';
import { type Draft, type Effect, type Flag, type HandoffReason, isOpen, type Slots, type Turn } from '../vocabulary';
import { remember, ticketNumber } from './tickets';

const recentMs = 3_600_000;

export type Handing = Readonly<{
  /** The form in progress, if any: its fields go along. */
  draft?: Draft;
  /** Said first; by default the sentence of the reason. */
  lead?: string;
  before?: readonly Effect[];
  /** Known besides the draft, such as the question that could not be answered. */
  slots?: Slots;
  /** A ticket this is about. */
  ticket?: string;
  /** For the log of the ticket. */
  note?: string;
}>;

/** The ticket an agent gave back, or one opened in this conversation within the hour: who asks for a person now, asks about that. */
function recentTicket({ memory, tickets, at }: Scene): string | undefined {
  const last = memory.tickets.at(-1);
  const returned = tickets.find((one) => one.number === memory.returned && isOpen(one));
  if (returned) return returned.number;
  return tickets.find((one) => one.number === last && (one.status === 'open' || one.status === 'assigned') && at - one.createdAt < recentMs)
    ?.number;
}

/** The matter of the open ticket a person takes over. */
function matterOf({ tickets }: Scene, number: string | undefined): Slots {
  const issue = tickets.find((one) => one.number === number)?.issue;
  return issue ? { issue: { raw: issue, value: issue } } : {};
}

/** Where the customer stands in the queue, or when somebody comes. */
export function queueWords({ copy, desk, rules, at }: Scene, number: string, reason: HandoffReason): string {
  if (reason === 'urgent' && !desk.open) return copy.promiseUrgent;
  const { ahead, pickUpMinutes: minutes } = desk;
  if (desk.open) return copy.queue(number, ahead, minutes === undefined ? '' : copy.pickUp(spokenMinutes(minutes, copy)));
  const opens = desk.opensAt === undefined ? '' : spoken(desk.opensAt, at, rules.timeZone, copy);
  return copy.queueClosed(number, rules.hoursText[copy.locale], opens);
}

/** The effect that puts a person on the case: a new ticket, or the open one asked for. */
function ticketEffect(
  scene: Scene,
  draft: Draft,
  slots: Slots,
  flags: readonly Flag[],
  number: string,
  isOpen: boolean,
  note: string,
): Effect {
  if (isOpen) return { kind: 'amendTicket', number, slots, flags, note, handoff: true };
  const { nature, priority, department } = formOf(draft);
  return {
    kind: 'openTicket',
    number,
    form: draft.form,
    nature,
    priority,
    department: draft.department ?? department,
    slots,
    flags: scene.desk.open ? flags : unique([...flags, 'after-hours']),
    handoff: true,
  };
}

/** Who asks for a person in an urgent matter is answered as one, day and night. */
function why(reason: HandoffReason, { form }: Draft, { tickets }: Scene, number: string): HandoffReason {
  const urgent = forms[form].priority === 'urgent' || tickets.some((one) => one.number === number && one.form === 'urgent');
  return urgent && reason !== 'abuse' && reason !== 'broke' ? 'urgent' : reason;
}

export function handOff(scene: Scene, asked: HandoffReason, handing: Handing = {}): Turn {
  const { memory, copy, at } = scene;
  const draft = handing.draft ?? draftOf('intake', { ...memory.slots, ...handing.slots });
  const open = handing.ticket ?? draft.ticket ?? (handing.draft ? undefined : recentTicket(scene));
  const number = open ?? ticketNumber(scene);
  const reason = why(asked, draft, scene, number);
  const owner = scene.tickets.find((one) => one.number === open)?.assignee;
  const slots = { ...draft.slots, ...handing.slots, ...((!handing.draft || !draft.slots.issue) && matterOf(scene, open)) };
  const lacking = missing(draft).filter(({ name }) => !slots[name]);
  // The matter of a ticket that stands is not replaced by the next sentence: that goes into its log.
  const { issue, ...others } = handing.slots ?? {};
  const stands = open !== undefined && !handing.draft;
  const [added, further] = stands ? [others, issue?.value] : [handing.slots, undefined];
  const flags: readonly Flag[] = lacking.length > 0 && open === undefined ? unique([...draft.flags, 'incomplete']) : draft.flags;
  const text = lines(
    handing.lead ?? copy.connectingFor[asked],
    queueWords(scene, number, reason),
    reason !== 'abuse' &&
      open === undefined &&
      lacking.length > 0 &&
      copy.pleaseLeave(lacking.map(({ name }) => copy.slots[name]).join(copy.listed)),
  );
  return enter(
    remember(memory, number),
    {
      phase: 'waiting',
      ticket: number,
      reason,
      since: at,
      slots,
      placedAt: at,
      ...(owner !== undefined && { owed: { agentName: owner, since: at } }),
    },
    ...(handing.before ?? []),
    ticketEffect(
      scene,
      draft,
      open === undefined ? slots : (added ?? {}),
      flags,
      number,
      open !== undefined,
      lines(handing.note ?? notes.handedOff[asked], further),
    ),
    say(text),
  );
}
