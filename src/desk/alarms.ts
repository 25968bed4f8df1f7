/** What a ticket's clocks call for next: pages for supervisors, reminders of the time promised. Pure, from the ticket and its events alone. */
import { z } from 'zod';
import { type Instant, isOpen } from '../../dialogs/vocabulary';
import type { TicketDoc, TicketEvent } from '../store/documents';
import type { Calendar } from './calendar';
import { GRAVE } from './lines';
import { MINUTE } from './zone';

/** `page` at once, `second` when nobody answered it (S2-57, S4-36); the rest as the time promised runs out (S4-18, S2-69). */
export type AlarmKind = 'page' | 'second' | Reminder;
export type Reminder = 'half' | 'late' | 'overdue';
/** `id` is the same whoever works it out. `causes` are why supervisors are paged, `words` what the customer said when one was found. */
export type Alarm = Readonly<{ id: string; at: Instant; kind: AlarmKind; causes: readonly string[]; words?: string }>;

export type Terms = Readonly<{
  calendar: Pick<Calendar, 'addWorkingMinutes' | 'workingMinutes'>;
  ackMinutes: Readonly<{ urgent: number; complaint: number }>;
}>;

/** Of all the time there is, and in order: whoever is told of the last need not hear of those before. */
const REMINDERS: readonly (readonly [Reminder, number])[] = [
  ['half', 0.5],
  ['late', 0.8],
  ['overdue', 1],
];
/** A cause beside the grave flags. */
export const COMPLAINT = 'complaint';
/** Danger to a person or a school is counted by the clock on the wall. */
const pressing: ReadonlySet<string> = new Set(['urgent', 'self-harm']);

/** Null when nothing is to be said any more; a settled ticket calls only for what is raised afterwards, once. An instant in the past is one to make up for at once. */
export function nextAlarm(ticket: TicketDoc, terms: Terms, now: Instant): Alarm | null {
  const story = storyOf(ticket);
  const settled = !isOpen(ticket);
  const calling = [...pages(ticket, story, terms), ...(settled ? [] : reminders(ticket, story, terms, now))];
  const [first = null] = calling.sort((a, b) => a.at - b.at);
  return first;
}

/** An event of the story: when it was and which it is. */
type Mark = Readonly<{ at: Instant; index: number }>;
/** What counts since the ticket was opened, or opened again. */
type Story = {
  began: Mark;
  held: boolean;
  /** Everything grave that was ever known, what of it counts until the matter is settled, and what nobody was paged for yet, since when. */
  known: Set<string>;
  causes: Set<string>;
  unpaged: string[];
  since: Mark;
  words: string | undefined;
  paged: Mark | null;
  pagedTwice: boolean;
  /** Somebody confirmed the page, or took the ticket. */
  answered: boolean;
  /** How many of the reminders were given, or are made needless by a later one. */
  reminded: number;
};

/** What events carry that matters here. Old events may lack anything. */
const Data = z
  .object({
    flag: z.string(),
    flags: z.array(z.string()),
    reason: z.string(),
    kind: z.string(),
    to: z.object({ agent: z.string().optional() }),
  })
  .partial();

function storyOf(ticket: TicketDoc): Story {
  const began = { at: ticket.createdAt.getTime(), index: 0 };
  const story: Story = {
    began,
    held: false,
    known: new Set(),
    causes: new Set(),
    unpaged: [],
    since: began,
    words: undefined,
    paged: null,
    pagedTwice: false,
    answered: false,
    reminded: 0,
  };
  ticket.events.forEach((event, index) => {
    follow(story, ticket, event, { at: event.at.getTime(), index });
  });
  return story;
}

function follow(story: Story, ticket: TicketDoc, event: TicketEvent, mark: Mark): void {
  const data = Data.safeParse(event.data).data ?? {};
  switch (event.kind) {
    case 'opened':
      story.began = mark;
      call(story, mark, [...gravityOf(ticket), ...(data.flags ?? [])]);
      break;
    case 'flagged':
    case 'amended':
    case 'dead-lettered':
      call(story, mark, [...(data.flags ?? []), ...(data.flag === undefined ? [] : [data.flag])], data.reason);
      break;
    case 'escalated':
      // Its own line pages already.
      Object.assign(story, { paged: mark, pagedTwice: false, answered: false });
      break;
    case 'claimed':
      Object.assign(story, { held: true, answered: true });
      break;
    case 'acknowledged':
      story.answered = true;
      break;
    case 'assigned':
      story.held = data.to?.agent !== undefined;
      story.answered ||= story.held;
      break;
    case 'replied':
      // Whoever answers a ticket nobody holds takes it; the holder's next words say nothing about a page.
      story.answered ||= !story.held;
      story.held = true;
      break;
    case 'released':
      story.held = false;
      break;
    case 'resolved':
    case 'closed':
      // What is raised from now on is news: a bad mark for what was done, say.
      Object.assign(story, { causes: new Set(), unpaged: [], paged: null });
      break;
    case 'reopened':
      Object.assign(story, { began: mark, causes: new Set(), unpaged: [], paged: null, reminded: 0 });
      call(story, mark, [...story.known]);
      break;
    case 'alarmed':
      fired(story, mark, data.kind);
      break;
  }
}

/** What is grave about a ticket besides its flags. */
export const gravityOf = ({ priority, nature }: Pick<TicketDoc, 'priority' | 'nature'>): readonly string[] => [
  ...(priority === 'urgent' ? ['urgent'] : []),
  ...(nature === '投诉' ? [COMPLAINT] : []),
];

/** Only what is grave and new calls: a form may name the same flag again and again. */
function call(story: Story, mark: Mark, causes: readonly string[], words?: string): void {
  const fresh = causes.filter((cause) => (cause === COMPLAINT || GRAVE.has(cause)) && !story.causes.has(cause));
  if (words !== undefined && [...fresh, ...story.unpaged].some((cause) => causes.includes(cause))) story.words = words;
  if (fresh.length === 0) return;
  if (story.unpaged.length === 0) story.since = mark;
  for (const cause of fresh) {
    story.causes.add(cause);
    story.known.add(cause);
  }
  story.unpaged.push(...fresh);
  story.answered = false;
}

function fired(story: Story, mark: Mark, kind: string | undefined): void {
  if (kind === 'page') {
    story.paged = mark;
    story.pagedTwice = false;
    story.unpaged = [];
  }
  if (kind === 'second') story.pagedTwice = true;
  const rank = REMINDERS.findIndex(([name]) => name === kind) + 1;
  story.reminded = Math.max(story.reminded, rank);
}

function pages(ticket: TicketDoc, story: Story, { calendar, ackMinutes }: Terms): Alarm[] {
  const causes = [...story.causes];
  const common = { causes, ...(story.words !== undefined && { words: story.words }) };
  if (story.unpaged.length > 0) return [{ ...common, id: idOf(ticket, 'page', story.since), at: story.since.at, kind: 'page' }];
  if (!isOpen(ticket) || !story.paged || story.pagedTwice || story.answered) return [];
  const { at } = story.paged;
  const second = causes.some((cause) => pressing.has(cause))
    ? at + ackMinutes.urgent * MINUTE
    : calendar.addWorkingMinutes(at, ackMinutes.complaint);
  return [{ ...common, id: idOf(ticket, 'second', story.paged), at: second, kind: 'second' }];
}

function reminders(ticket: TicketDoc, story: Story, { calendar }: Terms, now: Instant): Alarm[] {
  const due = ticket.dueAt.getTime();
  const { at: from } = story.began;
  const working = ticket.priority === 'urgent' ? 0 : calendar.workingMinutes(from, due);
  const instantOf = (share: number): Instant => {
    if (share === 1) return due;
    return working > 0 ? calendar.addWorkingMinutes(from, working * share) : from + (due - from) * share;
  };
  const left = REMINDERS.slice(story.reminded).map(([kind, share]) => ({ kind, at: instantOf(share) }));
  const next = left.filter(({ at }) => at <= now).at(-1) ?? left[0];
  return next ? [{ ...next, id: idOf(ticket, next.kind, story.began), causes: [...story.causes] }] : [];
}

/** Events are only ever appended, so the place of the one it is about names an alarm for all. */
const idOf = ({ _id }: TicketDoc, kind: AlarmKind, about: Mark): string => `${_id}:${kind}:${about.index}`;
