/** The words of a mail as one message: the subject belongs to them, what is quoted and signed does not. Pure. */
import { textOfHtml } from './html';
import { withoutTickets } from './ids';
import type { Letter } from './letter';
import { ownWords } from './quotes';

/** A longer one is no message to a service desk but a document. */
export const WORDS_AT_MOST = 20_000;
/** What is looked through for them, quotations and all: what goes on for longer was made to keep us busy. */
const LOOKED_AT = 256 * 1024;
const ANSWERING = /^\s*(?:(?:Re|Fw|Fwd|Aw|答复|回复|回覆|转发|轉寄|自动回复)\s*(?:\[\d+\])?\s*[:：]\s*)+/i;
const SAYS_NOTHING = /^[（(<【]?\s*(?:无主题|無主題|无标题|no subject|untitled)\s*[）)>】]?$/i;

export const isAnswer = (subject: string): boolean => ANSWERING.test(subject);

/** The subject without what clients and we put around it; empty when it says nothing. */
export function bareSubject(subject: string): string {
  const bare = withoutTickets(subject).replace(ANSWERING, '').trim();
  return SAYS_NOTHING.test(bare) ? '' : bare;
}

const squeezed = (text: string): string => text.replace(/[\s\p{P}]+/gu, '').toLowerCase();

/** `isOurs` knows the lines we wrote to this customer lately. */
export function wordsOf(letter: Letter, isOurs: (line: string) => boolean): string {
  const { text, html, subject } = letter;
  const written = text.trim() !== '' ? text : html === '' ? '' : textOfHtml(html);
  const body = ownWords(written.slice(0, LOOKED_AT), isOurs);
  const title = bareSubject(subject);
  // The subject of an answer is that of what it answers; one that the body begins with says nothing more.
  const told =
    title === '' || (isAnswer(subject) && body !== '') || squeezed(body).startsWith(squeezed(title)) ? body : `${title}\n${body}`;
  return told.trim().slice(0, WORDS_AT_MOST);
}
