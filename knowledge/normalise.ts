/** Brings a text into the form all comparing is done in: one script, one width, one case, no punctuation. */
import { simplified } from './traditional';

/** NFKC, simplified characters, lower case, everything but letters and digits to single spaces. */
export function normalise(text: string): string {
  return simplified(text.normalize('NFKC'))
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The text without anything that may differ between two ways of typing the same question: for telling whether they are the same. */
export function bare(text: string): string {
  return normalise(text).replaceAll(' ', '');
}
