/** Collects everything a decision may look at into the event, so that the engine needs to ask nobody. */
import { questionOf } from '../../dialogs/heard';
import { languageOf } from '../../dialogs/language';
import { lookUp } from '../../dialogs/lookUp';
import { codeTyped } from '../../dialogs/moves/merging';
import { questionsIn } from '../../dialogs/questions';
import type {
  Content,
  DeskStatus,
  Gathered,
  Incident,
  Instant,
  Knowledge,
  Locale,
  Memory,
  Proof,
  Role,
  State,
  TicketSummary,
} from '../../dialogs/vocabulary';
import type { Calendar } from '../desk/calendar';
import type { Due } from '../desk/due';
import type { Numbers } from '../desk/numbers';
import { pickUpMinutes } from '../desk/pickUp';
import { type Profile, STRANGER } from '../people/customers';
import type { People } from '../people/people';
import { createSchools } from '../people/schools';
import type { CustomerDoc, IncidentDoc, OutboxItem, TicketDoc } from '../store/documents';
import { fresh } from '../store/fresh';
import type { Deps } from './deps';
import type { Lane } from './lane';

const NOTHING: Knowledge = { decision: 'none', hits: [] };
const ARTICLE = 'article:';
const QUEUE_MS = 1_000;
const PICK_UP_MS = 60_000;
const PICK_UP_SINCE_MS = 7 * 86_400_000;
const PICK_UP_OF = 20;
const INCIDENTS_MS = 5_000;
const TICKETS_SINCE_MS = 90 * 86_400_000;
const TICKETS_AT_MOST = 20;
/** A turn may open one ticket and hand a second matter on. */
export const NUMBERS_PER_TURN = 2;

type Asker = Pick<Memory, 'role' | 'topic'> & Readonly<{ language: Locale; only?: boolean }>;

export type Gather = Readonly<{
  received(lane: Lane, state: State, content: Content, pending: readonly OutboxItem[], at: Instant, locale: Locale): Promise<Gathered>;
  desk(): Promise<DeskStatus>;
}>;

export function createGather(
  deps: Deps,
  { numbers, calendar, due, people }: Readonly<{ numbers: Numbers; calendar: () => Calendar; due: Due; people: People }>,
): Gather {
  const { store, now } = deps;
  const schools = createSchools(store, deps.createDirectory, now);
  const incidents = fresh(now, INCIDENTS_MS, () =>
    store.incidents.find({ from: { $lte: new Date(now()) }, $or: [{ to: { $exists: false } }, { to: { $gt: new Date(now()) } }] }),
  );
  const queue = fresh(now, QUEUE_MS, () => store.conversations.count({ 'holder.kind': 'queue' }));
  const pickUp = fresh(now, PICK_UP_MS, async () => {
    const recent = { createdAt: { $gt: new Date(now() - PICK_UP_SINCE_MS) }, handoff: true, firstOwner: { $ne: null } };
    return pickUpMinutes(await store.tickets.find(recent, { sort: { createdAt: -1 }, limit: PICK_UP_OF }), calendar());
  });

  /** `since` is when the customer joined the queue; who is not in it comes last. */
  async function desk(since?: Instant): Promise<DeskStatus> {
    const at = now();
    const opensAt = calendar().nextOpening(at);
    const open = opensAt === at;
    const before = since === undefined ? queue() : store.conversations.count({ 'holder.kind': 'queue', 'holder.since': { $lt: since } });
    const [ahead, minutes] = [await before, open ? await pickUp() : undefined];
    return { open, ahead, ...(!open && opensAt !== undefined && { opensAt }), ...(minutes !== undefined && { pickUpMinutes: minutes }) };
  }

  function knowledgeOf(content: Content, question: string, { role, topic, ...asker }: Asker, at: Instant): Knowledge {
    if (content.kind === 'choice' && content.value.startsWith(ARTICLE)) {
      const hit = deps.knowledge.article(content.value.slice(ARTICLE.length), asker.language);
      return hit ? { decision: 'answer', hits: [hit] } : NOTHING;
    }
    if (question === '') return NOTHING;
    return deps.knowledge.ask(question, { ...asker, at, ...(role && { audience: role }), ...(topic && { topic }) });
  }

  async function ticketsOf(
    lane: Lane,
    state: State,
    pending: readonly OutboxItem[],
    at: Instant,
    others: readonly CustomerDoc[],
  ): Promise<readonly TicketSummary[]> {
    // Whoever opened no ticket here and was never remembered cannot have one: a new customer costs no query.
    const stored =
      state.memory.tickets.length === 0 && lane.profile === null && others.length === 0
        ? []
        : await store.tickets.find(
            { conversation: { $in: [lane.id, ...others.map(({ _id }) => _id)] }, createdAt: { $gt: new Date(at - TICKETS_SINCE_MS) } },
            { sort: { createdAt: -1 }, limit: TICKETS_AT_MOST },
          );
    const known = new Set(stored.map(({ _id }) => _id));
    return [...pending.flatMap((item) => aboutToOpen(item, known, due)), ...stored.map((ticket) => summaryOf(ticket, lane.id))];
  }

  async function proofOf(lane: Lane, state: State, content: Content, at: Instant): Promise<Proof | undefined> {
    const typed = codeTyped(state, content);
    return typed === undefined ? undefined : people.prove(lane.id, typed, at);
  }

  /** Asked only when a form is about to be sent off, which is when it may be offered. */
  async function knownElsewhere(lane: Lane, state: State): Promise<boolean> {
    const number = state.phase === 'confirming' && state.memory.merging === undefined ? state.draft.slots.phone?.value : undefined;
    return number !== undefined && people.proofs.known(lane.id, number);
  }

  return {
    desk,
    async received(lane, state, content, pending, at, locale) {
      const others = await people.persons.others(lane.id);
      const profile = together(lane.profile ?? STRANGER, others);
      const proof = await proofOf(lane, state, content, at);
      const text = `${askedIn(content)}${content.kind === 'fields' ? (content.values.school ?? '') : ''}`;
      const { directory, size } = await schools();
      const found = text === '' ? [] : directory.find(text);
      const school = found[0]?.school ?? schoolOf(state) ?? profile.slots.school?.value;
      const question = questionOf(state, content, { schools: found, directory: size > 0, at });
      const language = languageOf(question) ?? state.memory.spoken ?? locale;
      const asker = { ...askedBy(state.memory, profile.role), language };
      const several = questionsIn(question).map((one) => ({
        question: one,
        ...knowledgeOf(content, one, asker, at),
      }));
      return {
        knowledge: lookUp(state, content, question, language, (words, as) => knowledgeOf(content, words, { ...asker, ...as }, at)),
        ...(several.length > 0 && { apart: several }),
        schools: found,
        directory: size > 0,
        classified: text === '' || question === '' ? [] : deps.classify(question),
        tickets: await ticketsOf(lane, state, pending, at, others),
        desk: await desk(state.phase === 'waiting' ? state.since : undefined),
        incidents: (await incidents()).filter((one) => inForce(one, at) && (!one.school || one.school === school)).map(incidentOf),
        profile,
        ...((await knownElsewhere(lane, state)) && { elsewhere: true }),
        ...(proof && { proof }),
        numbers: await numbers.reserve(NUMBERS_PER_TURN),
      };
    },
  };
}

/** What is known of the customer here goes over what is known of the same person elsewhere, newest first. */
function together(here: Profile, others: readonly CustomerDoc[]): Profile {
  if (others.length === 0) return here;
  const known = [...others].sort((a, b) => a.updatedAt.getTime() - b.updatedAt.getTime());
  const role = here.role ?? known.findLast((one) => one.role)?.role;
  return { ...(role && { role }), slots: Object.assign({}, ...known.map(({ slots }) => slots), here.slots) };
}

/** Who asks, as far as is known, and what was spoken of last. */
function askedBy({ role, topic }: Memory, usual: Role | undefined): Pick<Memory, 'role' | 'topic'> {
  const asking = role ?? usual;
  return { ...(asking && { role: asking }), ...(topic !== undefined && { topic }) };
}

/** The words in a message that may be a question. */
function askedIn(content: Content): string {
  if (content.kind === 'text') return content.text;
  return 'transcript' in content && content.transcript ? content.transcript : '';
}

function schoolOf(state: State): string | undefined {
  const drafted = 'draft' in state ? state.draft?.slots.school : undefined;
  return (drafted ?? state.memory.slots.school)?.value;
}

/** A ticket decided on but not yet written counts: the next message may come before it stands in the store. */
function aboutToOpen({ effect, at }: OutboxItem, known: ReadonlySet<string>, due: Due): TicketSummary[] {
  if (effect.kind !== 'openTicket' || known.has(effect.number)) return [];
  const { number, form, priority, slots } = effect;
  return [{ number, form, status: 'open', issue: slots.issue?.value ?? '', createdAt: at, dueAt: due(priority, at) }];
}

function summaryOf(ticket: TicketDoc, here: string): TicketSummary {
  return {
    number: ticket._id,
    form: ticket.form,
    status: ticket.status,
    issue: ticket.slots.issue?.value ?? '',
    ...(ticket.assigneeName && { assignee: ticket.assigneeName }),
    createdAt: ticket.createdAt.getTime(),
    dueAt: ticket.dueAt.getTime(),
    ...(ticket.result && { result: ticket.result }),
    ...(ticket.conversation !== here && { elsewhere: true }),
  };
}

function inForce({ from, to }: IncidentDoc, at: Instant): boolean {
  return from.getTime() <= at && (!to || to.getTime() > at);
}

function incidentOf({ _id, title, message, school }: IncidentDoc): Incident {
  return { id: _id, title, message, ...(school && { school }) };
}
