/** Adaptive Cards: a form as a whole, a read-back, buttons. Pure. */
import type { FieldPrompt, Option, Reply, SlotName } from '../../dialogs/vocabulary';
import { besideRows } from '../cards';
import { MAX_FIELD } from './submitted';

export const CARD = 'application/vnd.microsoft.card.adaptive';

export type Element = Readonly<{ type: string; [property: string]: unknown }>;
export type Action = Readonly<{ type: 'Action.Submit' | 'Action.OpenUrl'; title: string; [property: string]: unknown }>;
export type Card = Readonly<{
  $schema: string;
  type: 'AdaptiveCard';
  version: string;
  body: readonly Element[];
  actions?: readonly Action[];
}>;

/** In a group: the one whom a card is put before. */
type For = string | undefined;

const long: ReadonlySet<SlotName> = new Set(['issue', 'remark', 'reason']);
const phones: ReadonlySet<SlotName> = new Set(['phone', 'newPhone']);

/** Cards read their text as Markdown; what people wrote stays what they wrote. */
export const literal = (text: string): string => text.replace(/[\\*_[\]~`]/g, '\\$&');

const line = (text: string, more: object = {}): Element => ({ type: 'TextBlock', text: literal(text), wrap: true, ...more });
/** A line break inside a block is lost on some clients: each line is a block. */
const lines = (text: string): readonly Element[] =>
  text
    .split('\n')
    .filter((part) => part.trim() !== '')
    .map((part, n) => line(part, n > 0 ? { spacing: 'small' } : {}));

const isEnglish = (fields: readonly FieldPrompt[]): boolean => fields.every(({ label }) => /^[ -~]+$/.test(label));

/** What was refused stands where it was typed, to be mended and not typed anew, with the reason under it. */
function input({ name, label, required, value, hint, wrong }: FieldPrompt, english: boolean): readonly Element[] {
  const shown = wrong?.value ?? value;
  const field = {
    type: 'Input.Text',
    id: name,
    label,
    maxLength: MAX_FIELD,
    isRequired: required,
    ...(required && { errorMessage: english ? `Please fill in: ${label}` : `请填写${label}` }),
    ...(hint && { placeholder: hint }),
    ...(shown !== undefined && { value: shown }),
    ...(long.has(name) && { isMultiline: true }),
    ...(phones.has(name) && { style: 'tel' }),
  };
  return wrong ? [field, line(wrong.reason, { color: 'attention', size: 'small', spacing: 'none' })] : [field];
}

/** A button answers by its value; it takes no half-filled form along. */
const button =
  (whom: For) =>
  ({ value, label }: Option): Action => ({
    type: 'Action.Submit',
    title: label,
    associatedInputs: 'none',
    data: { qiao: 'choice', value, label, ...(whom !== undefined && { for: whom }) },
  });

/** 1.3 is the first with labels and required marks; every Teams client of today shows it. */
function cardOf(body: readonly Element[], actions: readonly Action[]): Card {
  const $schema = 'http://adaptivecards.io/schemas/adaptive-card.json';
  return { $schema, type: 'AdaptiveCard', version: '1.3', body, ...(actions.length > 0 && { actions }) };
}

/** All fields at once, with what is known filled in; the text says what is asked, or what was wrong. */
export function formCard({ text, form, fields, options }: Extract<Reply, { kind: 'form' }>, whom: For): Card {
  const english = isEnglish(fields);
  const submit: Action = {
    type: 'Action.Submit',
    title: english ? 'Submit' : '提交',
    style: 'positive',
    data: { qiao: 'fields', form, ...(whom !== undefined && { for: whom }) },
  };
  return cardOf([...lines(text), ...fields.flatMap((field) => input(field, english))], [submit, ...options.map(button(whom))]);
}

export function readBackCard(reply: Extract<Reply, { kind: 'card' }>, whom: For): Card {
  const { before, after } = besideRows(reply);
  const facts = reply.rows.map(({ label, value }) => ({ title: literal(label), value: literal(value) }));
  const body = [
    line(reply.title, { weight: 'bolder', size: 'medium' }),
    ...before.map((text) => line(text)),
    { type: 'FactSet', facts },
    ...after.map((text) => line(text)),
  ];
  return cardOf(body, (reply.options ?? []).map(button(whom)));
}

export const choiceCard = (text: string, options: readonly Option[], whom: For): Card => cardOf(lines(text), options.map(button(whom)));

export function fileCard(text: string, url: string): Card {
  return cardOf(lines(text), [{ type: 'Action.OpenUrl', title: '打开文件 · Open', url }]);
}
