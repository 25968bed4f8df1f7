/** A person is due: the customer's words go to the desk, facts in them to the ticket; the bot answers only what it is sure of. */
import { tellAgents } from '../agents';
import { addMatter } from '../extract';
import { draftOf, identityIn, shown } from '../form';
import { extracted, type Heard, intentsOf, recall } from '../heard';
import { sideAnswer } from '../moves/answer';
import { cancelAll } from '../moves/cancel';
import { gradeIn, mediaNote, withGrade } from '../moves/field';
import { sure } from '../moves/forIntent';
import { queueWords } from '../moves/handOff';
import { nameInstead } from '../moves/noted';
import { alike } from '../moves/ongoing';
import { farewell } from '../moves/route';
import { start } from '../moves/start';
import { raise } from '../moves/tickets';
import { formWished } from '../moves/wished';
import { enter, lines, say } from '../turn';
import type { Effect, Flag, IntentName, Waiting as Queued, Slot, SlotName, Slots, State, Turn } from '../vocabulary';

type Waiting = State & Queued;

/** From this on, what is said is the matter in the queue told again. */
const same = 0.6;

const flagFor: Readonly<Partial<Record<IntentName, readonly Flag[]>>> = {
  complaint: ['supervisor'],
  'urgent-incident': ['urgent', 'supervisor'],
  'bad-content': ['quarantine', 'supervisor'],
  abuse: ['abuse'],
};

/** What a message adds to the ticket. A matter known already is not replaced by the next sentence, unless it told of nothing. */
function news(state: Waiting, heard: Heard): Slots {
  const { event, reads } = heard;
  if (reads.human || reads.greeting || reads.thanks || reads.yes || reads.no || onPlace(heard)) return {};
  const given = event.content.kind === 'fields' ? cardSlots(event.content.values) : spoken(state, heard);
  const added = Object.entries(withGrade(given, state.slots.class ?? gradeTold(state))).filter(([name, slot]) => {
    const before = state.slots[name as SlotName]; // names come from Slots
    if (before && name === 'issue') return addMatter(before, slot) === slot;
    return before?.value !== slot.value;
  });
  return Object.fromEntries(added);
}

/** The facts in the words; somebody's name alone is a name, not the matter. */
function spoken(state: Waiting, heard: Heard): Slots {
  const { issue, ...slots } = extracted(heard).slots;
  const named = nameInstead(heard, draftOf('intake', state.slots));
  return named.name ? { ...slots, ...named } : { ...slots, ...(issue && { issue }) };
}

/** A grade told a message ago, waiting for its class. */
function gradeTold({ grade }: Waiting): Slot | undefined {
  return grade === undefined ? undefined : { raw: grade, value: grade };
}

function cardSlots(values: Readonly<Partial<Record<SlotName, string>>>): Slots {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, Slot][] => (value ? [[name, { raw: value, value }]] : [])),
  );
}

/** 「前面还有几个」「还要等多久」: words that ask for nothing but the place in the queue. */
const asksPlace =
  /前面.{0,4}(?:几|多少)|(?:排|轮)到(?:第?几|我|哪)|第几(?:位|个)|排队.{0,4}(?:几|多久|多少)|还(?:要|得|需要)?等?(?:多久|多长时间)|要等(?:多久|多长)|有人吗|人呢|how (?:much )?long(?:er)?|my turn/i;
const onPlace = ({ choice, text }: Heard): boolean => choice === undefined && text.length < 16 && asksPlace.test(text);
/** Unasked, the place is told at most so often. */
const placeEvery = 3 * 60_000;

/** Who writes line after line is told once that it arrives, not after each; a file is always answered. */
const relayEvery = 30_000;

type Said = Readonly<{ effects: readonly Effect[]; placed: boolean; relayed?: true }>;
const saying = (placed: boolean, ...effects: readonly Effect[]): Said => ({ effects, placed });

/** The reply to a message in the queue: its place when asked or not told for a while, a sure answer to a question, else a short word. */
function word(state: Waiting, heard: Heard, slots: Slots): Said {
  const { copy, reads, choice, at, desk } = heard;
  if (state.reason === 'abuse') return saying(false);
  const place = queueWords(heard, state.ticket, state.reason);
  if (reads.human || choice === 'human' || onPlace(heard)) {
    return saying(true, say(place));
  }
  if (reads.thanks) return saying(false, say(copy.welcome));
  const side = sideAnswer(heard);
  if (side) return saying(false, ...side.effects, say(side.text));
  const due = desk.open && at - (state.placedAt ?? state.since) >= placeEvery;
  const said = Object.entries(slots).map(([name, slot]) => `${copy.slots[name as SlotName]} ${shown(name as SlotName, slot, copy)}`); // names come from Slots
  if (said.length > 0) return saying(due, say(lines(copy.relayedSlots(said.join(copy.listed)), due && place)));
  if (!due && !heard.attachment && state.relayedAt !== undefined && at - state.relayedAt < relayEvery) return saying(false);
  return { ...saying(due, say(lines(copy.relayed, due && place))), relayed: true };
}

/** 「我要报修」: words that begin another matter than the one a person is due on. */
function another(heard: Heard, state: Waiting): Turn | undefined {
  const form = state.reason === 'abuse' ? undefined : formWished(heard);
  if (!form) return undefined;
  const untold = form === 'intake' && !state.slots.issue;
  const ticket = heard.tickets.find(({ number }) => number === state.ticket);
  const insists = alike(heard.text, state.slots.issue?.value ?? '') >= same || (form !== 'intake' && form === ticket?.form);
  if (insists) return undefined;
  const next = recall(heard, { slots: { ...heard.memory.slots, ...identityIn(state.slots) } });
  const turn = start(next, form, untold ? { ticket: state.ticket } : {});
  return { ...turn, effects: [...tellAgents(state, { text: heard.text }), ...turn.effects] };
}

export function waiting(heard: Heard, state: Waiting): Turn {
  const { memory, text, attachment, event } = heard;
  if (heard.choice === undefined && text.length < 16 && farewell.test(text) && state.reason !== 'urgent') return cancelAll(heard);
  const begun = another(heard, state);
  if (begun) return begun;
  const slots = news(state, heard);
  const told = text || mediaNote(heard) || (event.content.kind === 'fields' ? Object.values(event.content.values).join(' ') : '');
  const [intent] = intentsOf(heard);
  const flags = (intent && intent.score >= sure && flagFor[intent.name]) || [];
  const relay = tellAgents(state, { text: told, ...(attachment && { attachment }) });
  const amend: readonly Effect[] =
    Object.keys(slots).length > 0 || flags.length > 0 ? [{ kind: 'amendTicket', number: state.ticket, slots, flags }] : [];
  const { phase, ticket, reason, since, owed } = state;
  const { effects, placed, relayed } = word(state, heard, slots);
  const relayedAt = relayed ? event.at : state.relayedAt;
  const placedAt = placed ? event.at : state.placedAt;
  const grade = gradeIn(extracted(heard), text) ?? state.grade;
  return enter(
    memory,
    {
      phase,
      ticket,
      reason,
      since,
      slots: { ...state.slots, ...slots },
      ...(grade !== undefined && { grade }),
      ...(owed && { owed }),
      ...(placedAt !== undefined && { placedAt }),
      ...(relayedAt !== undefined && { relayedAt }),
    },
    ...relay,
    ...amend,
    ...raise(flags, text, ticket),
    ...effects,
  );
}
