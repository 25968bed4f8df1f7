/** Which wording of an article an answer was given from: a short mark that changes with its questions and its answers. */
import type { Article } from './article';

const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;
const marks = new WeakMap<object, string>();

/** Eight hexadecimal digits (FNV-1a): to tell versions apart, not to prove anything. */
export function versionOf(article: Pick<Article, 'question' | 'answer' | 'en'>): string {
  const known = marks.get(article);
  if (known !== undefined) return known;
  let hash = OFFSET;
  for (const char of `${article.question}\n${article.answer}${article.en ? `\n${article.en.question}\n${article.en.answer}` : ''}`)
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), PRIME);
  const mark = (hash >>> 0).toString(16).padStart(8, '0');
  marks.set(article, mark);
  return mark;
}
