/** Filling a form: what to ask next, what a message adds, how it reads back. Pure; knows no phase. */
import type { Copy } from './copy';
import { forms } from './forms';
import type { Field, Form } from './forms/definition';
import { option } from './options';
import { lines, reply } from './turn';
import type { Draft, Effect, FieldPrompt, Flag, FormName, Locale, Option, Slot, SlotName, Slots } from './vocabulary';

export function formOf(draft: Draft): Form {
  return forms[draft.form];
}

/** The form's title in the customer's language. */
export function titleOf(form: FormName, locale: Locale): string {
  return forms[form].title[locale];
}

export function hasField(form: FormName, name: SlotName): boolean {
  return forms[form].fields.some((field) => field.name === name);
}

/** A new draft; of `known` only what the form asks for is taken. */
export function draftOf(form: FormName, known: Slots, flags: readonly Flag[] = []): Draft {
  const draft: Draft = { form, slots: {}, refused: [], tries: 0, flags: unique([...forms[form].flags, ...flags]) };
  return fill(draft, known);
}

/** The draft with the form's own fields among `slots` taken over; anything newly known makes earlier failures moot. */
export function fill(draft: Draft, slots: Slots): Draft {
  const own = Object.entries(slots).filter(([name]) => formOf(draft).fields.some((field) => field.name === name));
  if (own.length === 0) return draft;
  return { ...draft, tries: 0, slots: { ...draft.slots, ...Object.fromEntries(own) } };
}

/** The remark with one more line: nothing a customer adds replaces what was said before. */
export function annotate(slots: Slots, note: string): Slots {
  const value = lines(slots.remark?.value, note);
  return { ...slots, remark: { raw: value, value } };
}

export function missing(draft: Draft): readonly Field[] {
  return formOf(draft).fields.filter(({ name, need }) => need === 'required' && !draft.slots[name]);
}

/** The field to ask for next: required ones until known, optional ones once, and only on the way to a required one. */
export function nextField(draft: Draft): Field | undefined {
  if (missing(draft).length === 0) return undefined;
  return formOf(draft).fields.find(
    ({ name, need }) => !draft.slots[name] && (need === 'required' || (need === 'asked' && !draft.refused.includes(name))),
  );
}

export function fieldOf(draft: Draft, name: SlotName): Field | undefined {
  return formOf(draft).fields.find((field) => field.name === name);
}

function prompts(draft: Draft, copy: Copy): readonly FieldPrompt[] {
  return formOf(draft).fields.map(({ name, need, question }) => {
    const value = draft.slots[name]?.value;
    return {
      name,
      label: copy.slots[name],
      required: need === 'required',
      hint: copy.hints[question],
      ...(value !== undefined && { value }),
    };
  });
}

/** The short example of a field, unless its question shows one already. */
export function exampleOf(draft: Draft, name: SlotName, copy: Copy): string {
  const question = fieldOf(draft, name)?.question;
  return question && !/比如|for example/i.test(copy.questions[question]) ? copy.example(copy.hints[question]) : '';
}

function answersFor(name: SlotName, copy: Copy): readonly Option[] {
  return name === 'relation' ? copy.relations.map((label) => ({ value: `answer:${label}`, label })) : [];
}

/** The question for one field, with the whole form for channels that can show a card. `lead` goes before the question. */
export function ask(draft: Draft, field: Field, copy: Copy, lead = ''): Effect {
  // Where the ticket stands already there is nothing to cancel, only questions to stop.
  const leave = formOf(draft).ticketFirst ? { ...option(copy, 'enough'), value: 'cancel' } : option(copy, 'cancel');
  return reply({
    kind: 'form',
    text: lines(lead, copy.questions[field.question]),
    form: draft.form,
    asking: field.name,
    fields: prompts(draft, copy),
    options: [...answersFor(field.name, copy), ...(field.need === 'required' ? [] : [option(copy, 'skip')]), leave],
  });
}

/** A slot as it is read back: a school the directory does not know is said to be unverified. */
export function shown(name: SlotName, slot: Slot, copy: Copy): string {
  if (name === 'class') return copy.classCalled(slot.value);
  return name === 'school' && slot.verified === false ? copy.unverified(slot.value) : slot.value;
}

export type Row = Readonly<{ label: string; value: string }>;
export function rowsOf(draft: Draft, copy: Copy): readonly Row[] {
  return formOf(draft).fields.flatMap(({ name }) => {
    const slot = draft.slots[name];
    return slot ? [{ label: copy.slots[name], value: shown(name, slot, copy) }] : [];
  });
}

/** What identifies a customer, kept for the next form (S4-30). */
const lasting: readonly SlotName[] = ['school', 'class', 'name', 'phone', 'relation'];
export function identityIn(slots: Slots): Slots {
  return Object.fromEntries(Object.entries(slots).filter(([name]) => lasting.some((one) => one === name)));
}

export function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
