/** What a visitor has missed: the log after a given line, as the widget shows it. */
import type { Address } from '../../dialogs/vocabulary';
import type { Entry, History } from '../channel';
import type { Files } from '../files';
import { lineOf } from './encode';
import type { Visitor } from './token';
import type { Line } from './wire';

/** A thread can be years old; a page that starts from nothing, or was away for that long, gets its latest lines. */
const LATEST = 200;
const MISSED_AT_MOST = 2_000;

/** Lines after `seq`, oldest first; only the latest ones from 0, or where too many were missed. Attachments open for a day. */
export async function linesAfter(history: History, files: Pick<Files, 'open'>, visitor: Visitor, seq: number): Promise<readonly Line[]> {
  const of = { channel: 'web', account: visitor.account, user: visitor.id } as const;
  const missed = seq === 0 ? null : await missedSince(history, of, seq);
  return (missed ?? (await history(of, 0, LATEST))).map((entry) => lineOf(entry, files));
}

/** Null when there are too many. */
async function missedSince(history: History, of: Address, seq: number): Promise<readonly Entry[] | null> {
  const entries: Entry[] = [];
  for (let after: number | undefined = seq; after !== undefined; ) {
    // The log hands out only so many lines at once: a long page may not be the last.
    const page: readonly Entry[] = await history(of, after);
    entries.push(...page);
    if (entries.length > MISSED_AT_MOST) return null;
    after = page.length < LATEST ? undefined : page.at(-1)?.seq;
  }
  return entries;
}
