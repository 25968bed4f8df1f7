/** A customer's message made ready for the phases: its words, the option it means, and what stands around it. */
import { choose, isOrdinal } from './choose';
import { type Copy, copyFor } from './copy';
import { type ExtractContext, type Extraction, extract, validate } from './extract';
import { reads } from './extract/control';
import { gistOf } from './gist';
import { understand } from './intents';
import { carried } from './options';
import { isOrder } from './order';
import { saysSame } from './same';
import type {
  Attachment,
  Content,
  DeskStatus,
  Draft,
  Gathered,
  Instant,
  Intent,
  Locale,
  Memory,
  Option,
  Received,
  Rules,
  SlotName,
  Slots,
  State,
  TicketSummary,
} from './vocabulary';

/** What stands around any event that may end in a ticket. */
export type Scene = Readonly<{
  memory: Memory;
  at: Instant;
  locale: Locale;
  rules: Rules;
  copy: Copy;
  desk: DeskStatus;
  numbers: readonly string[];
  tickets: readonly TicketSummary[];
}>;

export type Heard = Scene &
  Readonly<{
    state: State;
    event: Received;
    gathered: Gathered;
    /** Words as typed or spoken, or the label of the option chosen; empty for a bare file. */
    text: string;
    /** The option meant, pressed or typed. */
    choice?: string;
    attachment?: Attachment;
    reads: ReturnType<typeof reads>;
  }>;

/** What a button said, or what it carries when the channel does not send its label. */
function labelOf({ value, label }: Extract<Content, { kind: 'choice' }>, offered: readonly Option[]): string {
  return label ?? offered.find((option) => option.value === value)?.label ?? carried(value, 'ask') ?? value;
}

function wordsOf(content: Content, offered: readonly Option[]): string {
  switch (content.kind) {
    case 'text':
      return content.text.trim();
    case 'choice':
      return labelOf(content, offered).trim();
    case 'voice':
    case 'image':
    case 'file':
      return (content.transcript ?? '').trim();
    case 'location':
      return (content.label ?? '').trim();
    case 'fields':
    case 'hello':
      return '';
  }
}

/** Fields answered in a word or a number. */
const facts: readonly SlotName[] = ['school', 'class', 'name', 'phone', 'newPhone'];

const askedNow = (state: State): SlotName | undefined =>
  state.phase === 'form' ? state.asking : state.phase === 'confirming' ? state.changing : undefined;

/** The option a typed text means. While a field is asked for, a number that is a valid answer stays one, and none means 取消. */
function optionMeant(state: State, content: Content, words: string, context: ExtractContext) {
  if (content.kind !== 'text') return undefined;
  const option = choose(words, state.memory.offered);
  const asking = askedNow(state);
  // 「爷爷」 is an answer of its own, not the button 「爷爷奶奶」.
  if (asking && !isOrdinal(words) && carried(option?.value, 'answer') !== undefined && option?.label !== words) return undefined;
  if (!asking || !isOrdinal(words)) return option;
  const answers = facts.includes(asking) && validate(asking, words, context).ok;
  return answers || option?.value === 'cancel' ? undefined : option;
}

/** Options that ask something; all others steer the dialog. */
const asks = ({ value }: Pick<Option, 'value'>): boolean => carried(value, 'ask') !== undefined || carried(value, 'article') !== undefined;

/** Nothing but the word or number that was asked for: no other reading of it could change what happens. */
function answersPlainly(state: State, words: string, context: ExtractContext): boolean {
  const asking = askedNow(state);
  if (!asking || !facts.includes(asking)) return false;
  const read = validate(asking, words, context);
  return read.ok && read.slot.raw.length === words.length;
}

/**
 * What the knowledge base and the classifier should be asked for a message: the matter in its words, or the label of the option it
 * means. Empty when no answer of theirs could matter, which spares the dearest part of a turn.
 */
export function questionOf(state: State, content: Content, context: ExtractContext): string {
  const words = wordsOf(content, state.memory.offered);
  const option = optionMeant(state, content, words, context);
  const value = content.kind === 'choice' ? content.value : option?.value;
  // Said to be no part of the ticket just closed: now the message itself is looked at.
  if (state.phase === 'closed' && state.about && (value === 'newMatter' || reads(words).no || saysSame(words) === false))
    return gistOf(state.about, context);
  if (content.kind === 'choice') return asks(content) ? words : '';
  if (option) return asks(option) ? option.label : '';
  return answersPlainly(state, words, context) ? '' : gistOf(words, context);
}

export function contextOf(event: Received, asked?: SlotName): ExtractContext {
  const { schools, directory } = event.gathered;
  return { schools, directory, at: event.at, ...(asked && { asked }) };
}

export function hear(state: State, event: Received, rules: Rules): Heard {
  const { content, gathered } = event;
  const words = wordsOf(content, state.memory.offered);
  const option = optionMeant(state, content, words, contextOf(event));
  const choice = content.kind === 'choice' ? content.value : option?.value;
  const text = option?.label ?? words;
  return {
    state,
    memory: state.memory,
    event,
    gathered,
    at: event.at,
    locale: event.locale,
    rules,
    copy: copyFor(event.locale),
    desk: gathered.desk,
    numbers: gathered.numbers,
    tickets: gathered.tickets,
    text,
    ...(choice !== undefined && { choice }),
    ...('attachment' in content && { attachment: content.attachment }),
    reads: reads(choice === undefined ? words : ''),
  };
}

/** The same message with other things remembered. */
export function recall(heard: Heard, memory: Partial<Memory>): Heard {
  return { ...heard, memory: { ...heard.memory, ...memory } };
}

/** What the words give; pupils besides the one registered are noted, so that they are neither lost nor mixed up. */
export function extracted(heard: Heard, asked?: SlotName): Extraction {
  const phone = draftIn(heard.state)?.slots.phone?.value;
  const context = { ...contextOf(heard.event, asked), ...(phone && { phone }) };
  const found = extract(heard.choice === undefined ? heard.text : '', context);
  const { another, slots } = found;
  return !another || slots.remark
    ? found
    : { ...found, slots: { ...slots, remark: { raw: heard.text, value: othersNoted(heard, found) } } };
}

/** The remark on the pupils besides the one registered. */
export function othersNoted({ copy }: Heard, { another = [], slots }: Extraction): string {
  return copy.anotherChild(another.map((child) => `${child.name} ${child.class}`).join(copy.listed), slots.name?.value ?? '');
}

/** The intents of the words, best first; a pressed option has none, nor has an order that leans on what was said before. */
export function intentsOf(heard: Heard, asked?: SlotName): readonly Intent[] {
  if (heard.choice !== undefined || !heard.text || isOrder(heard.text)) return [];
  return understand(heard.text, { ...heard.gathered, ...(asked && { asked }) });
}

/** What is known of the customer from before: this conversation's word goes over the profile's. */
export function known(heard: Heard): Slots {
  return { ...heard.gathered.profile.slots, ...heard.memory.slots };
}

/** The question last asked, answered or not: what whoever now says who they are, or wants a person, is speaking of. */
export function askedBefore({ state, memory }: Heard): Slots {
  const question = state.phase === 'answering' || state.phase === 'clarifying' ? state.question : memory.missed;
  return question === undefined ? {} : { issue: { raw: question, value: question } };
}

/** What was asked and has no answer yet: a message that says nothing by itself may tell more of it. */
export function openQuestion(state: State): string | undefined {
  if (state.phase === 'clarifying') return state.draft ? undefined : state.question;
  return state.phase === 'idle' ? state.memory.missed : undefined;
}

/** The form in progress, in whichever phase it stands. */
export function draftIn(state: State): Draft | undefined {
  return 'draft' in state ? state.draft : undefined;
}

/** The message read as if it had said `text`. */
export function instead(heard: Heard, text: string): Heard {
  const { choice: _, ...rest } = heard;
  return { ...rest, text, reads: reads(text) };
}
