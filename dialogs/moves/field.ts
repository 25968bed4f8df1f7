/** One message while a field is asked for: what it gives, what is wrong with it, what it declines. */
import { explain } from '../copy/reasons';
import { addMatter, completedClass, type Extraction, mergeClass, type Rejection, speaksOfMatter, tells, validate } from '../extract';
import { gradeOf } from '../extract/class';
import { normalize } from '../extract/text';
import { annotate, exampleOf, fieldOf, fill, hasField, nextField } from '../form';
import { contextOf, type Heard } from '../heard';
import { correctsField, namedField } from '../named';
import { lines } from '../turn';
import type { Draft, Effect, Slot, SlotName, Slots, Turn } from '../vocabulary';
import { eachChild } from './children';
import { chooseSchool, goOn, take } from './goOn';
import { handOff } from './handOff';
import { cuesFor, doubtWords, isAnothers, isWorded, nameInstead, notedWords, relationInstead, tellApart, withoutMistaken } from './noted';
import { withoutSchool } from './start';

const patience = 3;
/** Longer than any name of a school, a class or a person: never taken for one. */
const longest = 20;
/** What puts a field right is said in fewer characters than a matter. */
const longestMending = 24;
/** Fields that are of no use unless they are right. */
const strict: readonly SlotName[] = ['phone', 'newPhone'];

/** Asks once more, with the reason; after three tries what was written is taken, or a person comes where that is no use. */
export function again(heard: Heard, draft: Draft, asking: SlotName, reason: string): Turn {
  const { copy, text } = heard;
  const tries = draft.tries + 1;
  // Where the ticket stands already, what answers nothing is still read by those who work on it.
  const told: readonly Effect[] = draft.ticket && text ? [{ kind: 'tellDesk', ticket: draft.ticket, text }] : [];
  if (tries < patience) return goOn(heard, { ...draft, tries }, reason, told);
  const sentence = asking === 'name' && /^\p{Script=Han}{5,}$/u.test(text);
  if (strict.includes(asking) || !text || text.length > longest || sentence)
    return handOff(heard, 'misses', { draft, lead: copy.tooManyTries });
  return take(heard, draft, { [asking]: { raw: text, value: text, verified: false } }, copy.asWritten);
}

/** A wrong value said with its reason. */
function wrong(heard: Heard, draft: Draft, asking: SlotName, rejection: Rejection, lead = ''): Turn {
  return again(heard, draft, asking, lines(lead, explain(rejection, heard.copy.locale)));
}

/** A field not given: optional ones are let go, required ones explained once, then a person goes on with what is known. */
export function declined(heard: Heard, draft: Draft, asking: SlotName): Turn {
  const { copy } = heard;
  const refused = [...draft.refused, asking];
  if (fieldOf(draft, asking)?.need !== 'required') return goOn(heard, { ...draft, refused }, copy.skipped);
  if (draft.refused.includes(asking)) return handOff(heard, 'refused', { draft });
  const why: Readonly<Partial<Record<SlotName, string>>> = copy.why;
  return goOn(heard, { ...draft, refused }, copy.why1(why[asking] ?? copy.why.other));
}

/** 「不知道」: honest, and enough for everything but what the desk cannot work without. */
function unknown(heard: Heard, draft: Draft, asking: SlotName): Turn {
  if (strict.includes(asking) || fieldOf(draft, asking)?.need !== 'required') return declined(heard, draft, asking);
  return take(heard, draft, { [asking]: { raw: heard.text, value: heard.copy.notKnown, verified: false } });
}

/** A class without its grade takes the grade known before: 「不对,是四班」 after 三年级2班 is 三年级4班. */
export function withGrade(slots: Slots, before: Slot | undefined): Slots {
  return slots.class && before ? { ...slots, class: { ...slots.class, value: mergeClass(before.value, slots.class.value) } } : slots;
}

/** The class of the form when a message gives the grade that it lacked: 三班, then 「哦 五年级的」. */
function completed({ class: known }: Slots, text: string): Slots {
  const value = completedClass(known?.value, normalize(text));
  return known && value !== undefined ? { class: { ...known, value } } : {};
}

/** The matter with what is told of it beside `facts`, or first told now. Words alone are kept as a remark, and a number told as a fact is no matter. */
function addedTo(known: Slot | undefined, issue: Slot, facts: readonly Slot[]): Slot | undefined {
  const within = facts.filter(({ raw }) => issue.value.includes(raw));
  const beside = facts.length > 0 && (within.length === 0 || (tells(issue.value) && !within.some(({ raw }) => /\d{7}/.test(raw))));
  return known === undefined || beside || !speaksOfMatter(known.value) ? addMatter(known, issue) : known;
}

/** What a message gives to the form: what tells more of the matter is added to it, and one number is not both the old and the new. */
export function given(draft: Draft, asking: SlotName | undefined, { slots }: Extraction, text: string): Slots {
  const grade = draft.grade === undefined ? undefined : { raw: draft.grade, value: draft.grade };
  const { issue, phone: number, ...others } = tellApart(draft.form, withoutMistaken(withGrade(slots, draft.slots.class ?? grade)), text);
  // A bare number answers the number asked for.
  const isNew = asking === 'newPhone' && number !== undefined && !others.newPhone;
  const rest = isNew ? { ...others, newPhone: number } : { ...others, ...(number && { phone: number }) };
  const known = draft.slots.issue;
  const matter = issue && (asking === 'issue' ? issue : addedTo(known, issue, Object.values(rest)));
  const added = matter && matter !== known ? { issue: matter } : {};
  return { ...cuesFor(draft, text), ...relationInstead(draft, text), ...completed(draft.slots, text), ...rest, ...added };
}

/** The answer to a question answered in the customer's own words: as written, unless it is clearly another field's value. */
function inWords(heard: Heard, draft: Draft, asking: SlotName, found: Extraction, slots: Slots): Slots {
  if (!isWorded(asking) || found.refused || found.unknown) return slots;
  if (!isAnothers(heard, asking, found)) {
    if (slots[asking] || heard.reads.question || found.rejected.phone) return slots;
    const direct = validate(asking, heard.text, contextOf(heard.event, asking));
    return direct.ok ? { ...slots, [asking]: direct.slot } : slots;
  }
  const { [asking]: _, ...others } = slots;
  return { ...others, ...nameInstead(heard, draft) };
}

const leastTold = 4;
const leastSentence = 8;

/** Something told while a name or a number was asked for: it belongs to the matter and is kept with it. */
function detail(heard: Heard, before: Draft, draft: Draft, found: Extraction): Draft | undefined {
  // What is not a name of a school is a sentence about the matter.
  const { issue, school } = found.slots;
  const least = issue ? leastTold : leastSentence;
  const known = draft.slots.issue ?? draft.slots.reason;
  const told = (issue ?? school) && known && heard.text.length >= least && !heard.reads.question;
  // The sentence that is the matter itself, or went into it, need not stand in the remark as well.
  if (told && before.slots.issue?.value !== draft.slots.issue?.value) return draft;
  return told && hasField(draft.form, 'remark') ? { ...draft, slots: annotate(draft.slots, heard.text) } : undefined;
}

/** 「三年级」 alone. */
export function gradeIn({ slots }: Extraction, text: string): string | undefined {
  return slots.class || text.length > 10 ? undefined : gradeOf(normalize(text));
}

/** A grade told without its class is kept until the class follows. */
function graded(draft: Draft, found: Extraction, text: string): Draft {
  const grade = gradeIn(found, text);
  return grade === undefined ? draft : { ...draft, grade };
}

/** The message as an answer to the field asked for, with whatever else it brings. */
export function answerField(before: Heard, draft: Draft, asking: SlotName, read: Extraction): Turn {
  const { heard, found, lead } = eachChild(before, draft.form, read);
  return answered(heard, draft, asking, found, lead);
}

/** 「电话改成 139…」 while a form is filled in puts a field right; it is no matter of its own. */
function withoutMending(heard: Heard, draft: Draft, found: Extraction): Extraction {
  const { issue, ...slots } = found.slots;
  const mends = issue && issue.value.length <= longestMending && correctsField(heard, draft) && namedField(issue.value, draft);
  return mends ? { ...found, slots } : found;
}

function answered(heard: Heard, draft: Draft, asking: SlotName, read: Extraction, lead: string): Turn {
  const found = asking === 'issue' ? read : withoutMending(heard, draft, read);
  const taken = inWords(heard, draft, asking, found, given(draft, asking, found, heard.text));
  const bare = found.rejected[asking] && !Object.keys(taken).some((name) => name !== 'issue' && hasField(draft.form, name as SlotName)); // names come from Slots
  const named = bare ? nameInstead(heard, draft) : {};
  const slots = named.name ? named : taken;
  const own = Object.keys(slots).filter((name) => hasField(draft.form, name as SlotName)); // names come from Slots
  const filled = graded(fill(draft, slots), found, heard.text);
  if (found.schoolChoices.length > 1 && !slots.school) return chooseSchool(heard, withoutSchool(filled), found.schoolChoices);
  if (asking === 'class' && /^(?:没有?|无|不带|没带|不是)/.test(heard.text)) return unknown(heard, filled, asking);
  const doubt = strict.includes(asking) ? '' : doubtWords(heard, filled, found);
  if (slots[asking] || lead) return take(heard, draft, slots, lines(lead, doubt));
  const { copy, text } = heard;
  const told = notedWords(heard, draft.form, draft.slots, slots);
  const noted = lines(told && copy.fine(told), doubt);
  const mistaken = found.slots[asking] && asking === 'school' ? ({ raw: text, code: 'schoolUnclear' } as const) : undefined;
  const fits = (asking !== 'name' && slots.name) || completed(draft.slots, text).class;
  const rejection = fits ? undefined : (found.rejected[asking] ?? mistaken);
  if (rejection) {
    const kept = detail(heard, draft, filled, found);
    if (!kept) return wrong(heard, filled, asking, rejection, noted);
    // Said once: the sentence that is the matter is noted as that.
    const words = lines(noted, (kept !== filled || !told) && copy.detailNoted);
    // What is told of the matter is never taken for a name.
    if (draft.tries + 1 < patience) return again(heard, kept, asking, words);
    return handOff(heard, 'misses', { draft: kept, lead: copy.tooManyTries });
  }
  const changed = own.some((name) => draft.slots[name as SlotName]?.value !== slots[name as SlotName]?.value); // names come from Slots
  // What is read back at once needs no word before it.
  if (changed) return take(heard, draft, slots, nextField(filled) && noted);
  // 「不留电话」 where the school was asked declines the number.
  if (found.refused) return declined(heard, filled, namedField(text, draft) ?? asking);
  if (heard.reads.skip) return declined(heard, filled, asking);
  if (found.unknown) return unknown(heard, filled, namedField(text, draft) ?? asking);
  if (own.length > 0) return again(heard, draft, asking, noted);
  if (isWorded(asking)) {
    const badPhone = found.rejected.phone;
    const reason = badPhone ? explain(badPhone, copy.locale) : copy.notFitting(text, copy.slots[asking]);
    return again(heard, draft, asking, lines(reason, exampleOf(draft, asking, copy)));
  }
  const direct = validate(asking, text, contextOf(heard.event, asking));
  return direct.ok ? take(heard, draft, { [asking]: direct.slot }) : wrong(heard, filled, asking, direct.rejection);
}

/** A file, picture or place sent along a form is kept as a remark. */
export function attach(heard: Heard, draft: Draft): Draft {
  const note = mediaNote(heard);
  return note ? { ...draft, slots: annotate(draft.slots, note) } : draft;
}

export function mediaNote({ event, attachment, copy }: Heard): string {
  if (attachment) return copy.attached(`${attachment.name} ${attachment.url}`);
  const { content } = event;
  return content.kind === 'location' ? copy.located(`${content.label ?? ''} ${content.latitude},${content.longitude}`.trim()) : '';
}
