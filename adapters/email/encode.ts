/** A reply → the body of a mail, in words and in simple HTML. Pure. A form is asked for as a whole: nobody writes six mails. */
import type { Attachment, FieldPrompt, Reply } from '../../dialogs/vocabulary';
import { numbered, splitText } from '../limits';

/** Options become a list in the text, as many as there are; nobody reads more than some pages. */
export const LIMITS = { textLength: 10_000, options: 50, merge: true } as const;

export type MailBody = Readonly<{ text: string; html: string; attachment?: Attachment }>;

const isEnglish = (text: string): boolean => !/\p{Script=Han}/u.test(text);

/** 「请在回信中补充：」 and a line to fill in for each field that is still missing; nothing when the one that was asked is the last that is needed. */
function blanks(fields: readonly FieldPrompt[]): readonly string[] {
  const missing = fields.filter(({ value }) => value === undefined);
  if (missing.filter(({ required }) => required).length < 2) return [];
  const english = isEnglish(missing.map(({ label }) => label).join(''));
  const lead = english ? 'Please fill in these in one reply:' : '为了少写几封信，请在回信中一次补充：';
  const optional = english ? ' (optional)' : '（选填）';
  return ['', lead, ...missing.map(({ label, required }) => `${label}${required ? '' : optional}${english ? ': ' : '：'}`)];
}

export function encode(reply: Reply): readonly MailBody[] {
  if (reply.kind === 'file') return [{ text: reply.text, html: html(reply.text), attachment: reply.attachment }];
  const asked = reply.kind === 'form' ? [reply.text, ...blanks(reply.fields)].join('\n') : reply.text;
  const full = numbered(asked, reply.options ?? []);
  return splitText(full, LIMITS.textLength).map((text) => ({ text, html: html(text) }));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** Paragraphs and line breaks, nothing that a client would have to fetch. */
export function html(text: string): string {
  const paragraphs = text.split(/\n{2,}/).map((part) => `<p>${escaped(part).replace(/\n/g, '<br>\n')}</p>`);
  return `<div style="font-size:15px;line-height:1.6">\n${paragraphs.join('\n')}\n</div>`;
}
