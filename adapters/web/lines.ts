/** What a visitor has missed: the log after a given line, as the widget shows it. */
import type { History } from '../channel';
import { lineOf } from './encode';
import type { Links } from './links';
import type { Visitor } from './token';
import type { Line } from './wire';

/** A thread can be years old; a page that starts from nothing gets its latest lines. */
const LATEST = 200;

/** Lines after `seq`, oldest first; from 0 only the latest ones. Attachments open for a day. */
export async function linesAfter(history: History, links: Links, visitor: Visitor, seq: number): Promise<readonly Line[]> {
  const entries = await history({ channel: 'web', account: visitor.account, user: visitor.id }, seq);
  return (seq === 0 ? entries.slice(-LATEST) : entries).map((entry) => lineOf(entry, links));
}
