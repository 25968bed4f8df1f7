/** What a name looks like on paper: Chinese, minority with ·, English; and where it ends in running text. */
import { AFTER_NAME, GIVEN_ALONE, NOT_GIVEN, NOT_NAME } from './nameWords';
import { isEveryday, surnameLength } from './surnames';

const HAN = /^[一-龥㐀-䶿]+$/;
export const DOTTED = /[一-龥㐀-䶿]{1,8}(?:·[一-龥㐀-䶿]{1,8}){1,3}/;
const ENGLISH = /[A-Z][a-z]+(?:[ '-][A-Z][a-z]+){0,2}/;

export const fits = (given: string): boolean => given !== '' && HAN.test(given) && ![...given].some((unit) => NOT_GIVEN.has(unit));

/** Whether the whole of `text` reads like a Chinese full name: a surname and one or two more characters. */
export function looksLikeName(text: string): boolean {
  const surname = surnameLength(text);
  if (surname === 0 || text.length > surname + 2 || !HAN.test(text)) return false;
  return !NOT_NAME.test(text) && fits(text.slice(surname)) && !(isEveryday(text) && text.length < 3);
}

/** A piece of text that is nothing but a name. */
export const isName = (text: string): boolean =>
  looksLikeName(text) || (text.length === 2 && surnameLength(text) === 1 && !isEveryday(text) && GIVEN_ALONE.has(text.charAt(1)));

/** How long the name at the beginning of `text` is, judged by what follows it; 0 when there is none. */
export function nameLength(text: string): number {
  const surname = surnameLength(text);
  if (surname === 0) return 0;
  const candidates = [surname + 2, surname + 1].filter((length) => length <= text.length && looksLikeName(text.slice(0, length)));
  return candidates.find((length) => AFTER_NAME.test(text.slice(length))) ?? 0;
}

/** A name where one is expected for certain (叫…, 姓名:…, an answer): minority, nick- and English names count too. */
export function nameAt(text: string): string | undefined {
  const dotted = DOTTED.exec(text);
  if (dotted?.index === 0) return dotted[0];
  const english = ENGLISH.exec(text);
  if (english?.index === 0) return english[0];
  const length = nameLength(text);
  if (length > 0) return text.slice(0, length);
  const run = /^[一-龥㐀-䶿]{2,4}(?=$|[^一-龥]|的|同学|小朋友|家长|妈妈|爸爸|今天|昨天|在|读|上)/.exec(text)?.[0];
  if (run === undefined || NOT_NAME.test(run)) return undefined;
  return fits(run) || isName(run) ? run : undefined;
}
