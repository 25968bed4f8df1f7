/** Numbers to call, in free text, so far covered that they can be told apart and not be called. Pure. */
import type { Content, FieldPrompt, Reply } from '../dialogs/vocabulary';
import type { Entry } from './channel';

const DIGIT = '[0-9０-９]';
/** What people put between the groups of a number. */
const GAP = '[ 　.·_()（）－—–-]{0,3}';
const MOBILE = new RegExp(`(?<!${DIGIT})(?:[+＋]?(?:[0０]{2})?[8８][6６]${GAP})?([1１](?:${GAP}${DIGIT}){10})(?!${DIGIT})`, 'g');
const LANDLINE = new RegExp(`(?<!${DIGIT}|${DIGIT}-)([0０]${DIGIT}{2,3}${GAP}${DIGIT}{3,4}${GAP}${DIGIT}{4})(?!${DIGIT})`, 'g');
const IS_MOBILE = /^1[3-9]\d{9}$/;

const digitsIn = (text: string): string => text.normalize('NFKC').replace(/\D/g, '');
const COVER = '****';

function covered(number: string): string {
  const digits = digitsIn(number);
  const area = digits.startsWith('0') ? `${digits.slice(0, /^0(?:10|2)/.test(digits) ? 3 : 4)}-` : digits.slice(0, 3);
  return `${area}${COVER}${digits.slice(-4)}`;
}

export const maskText = (text: string): string =>
  text
    .replace(MOBILE, (whole, number: string) => (IS_MOBILE.test(digitsIn(number)) ? covered(number) : whole))
    .replace(LANDLINE, (_, number: string) => covered(number));

/** What stands in the field for a number is covered whatever it looks like. */
export function maskPhone(phone: string): string {
  const known = maskText(phone);
  if (isMasked(known)) return known;
  return phone.length <= 7 ? COVER : `${phone.slice(0, 3)}${COVER}${phone.slice(-4)}`;
}

/** Whether something is covered in it: what is shown is not what was told, and must not be kept in its place. */
export const isMasked = (text: string): boolean => text.includes(COVER);

/** The numbers that `maskText` covers, in digits. */
export function numbersIn(text: string): readonly string[] {
  const mobiles = [...text.matchAll(MOBILE)].map(([, number = '']) => digitsIn(number)).filter((number) => IS_MOBILE.test(number));
  return [...mobiles, ...[...text.replace(MOBILE, ' ').matchAll(LANDLINE)].map(([, number = '']) => digitsIn(number))];
}

/** The same content with everything a person wrote put through `mask`. */
export function maskContent(content: Content, mask: (text: string) => string): Content {
  switch (content.kind) {
    case 'text':
      return { ...content, text: mask(content.text) };
    case 'choice':
      return { ...content, value: mask(content.value), ...(content.label !== undefined && { label: mask(content.label) }) };
    case 'fields':
      return { ...content, values: Object.fromEntries(Object.entries(content.values).map(([name, value]) => [name, mask(value ?? '')])) };
    case 'file':
    case 'image':
    case 'voice':
      return { ...content, ...(content.transcript !== undefined && { transcript: mask(content.transcript) }) };
    case 'location':
      return { ...content, ...(content.label !== undefined && { label: mask(content.label) }) };
    case 'hello':
      return content;
  }
}

/** The same of what the desk said: a card read back and a form filled in hold what the customer told. */
function maskReply(reply: Reply): Reply {
  const said = { ...reply, text: maskText(reply.text) };
  if (said.kind === 'card') return { ...said, rows: said.rows.map((row) => ({ ...row, value: maskText(row.value) })) };
  if (said.kind !== 'form') return said;
  return { ...said, fields: said.fields.map(maskField) };
}

const maskField = ({ value, wrong, ...field }: FieldPrompt): FieldPrompt => ({
  ...field,
  ...(value !== undefined && { value: maskText(value) }),
  ...(wrong && { wrong: { value: maskText(wrong.value), reason: maskText(wrong.reason) } }),
});

/** A line of a conversation as desks show it. */
export const maskEntry = (entry: Entry): Entry => ({
  ...entry,
  ...(entry.content && { content: maskContent(entry.content, maskText) }),
  ...(entry.reply && { reply: maskReply(entry.reply) }),
});
