/** What a visitor has missed: the log after a given line, as the widget shows it. */
import type { Entry, History } from '../channel';
import type { Files } from '../files';
import { lineOf } from './encode';
import type { Visitor } from './token';
import type { Line } from './wire';

/** A thread can be years old; a page that starts from nothing gets its latest lines. */
const LATEST = 200;

/** Lines after `seq`, oldest first; from 0 only the latest ones. Attachments open for a day. */
export async function linesAfter(history: History, files: Pick<Files, 'open'>, visitor: Visitor, seq: number): Promise<readonly Line[]> {
  const of = { channel: 'web', account: visitor.account, user: visitor.id } as const;
  const entries: Entry[] = [];
  let page = await history(of, seq);
  entries.push(...page);
  // A long page may be one of several: the log hands out so many lines at once and not more.
  for (let last = page.at(-1); last && page.length >= LATEST; last = page.at(-1)) {
    page = await history(of, last.seq);
    entries.push(...page);
  }
  return (seq === 0 ? entries.slice(-LATEST) : entries).map((entry) => lineOf(entry, files));
}
