/** What a customer said to the desk, without the names that Teams writes into a message. Pure. */
import { printable } from '../printable';
import { type Activity, isGroup, mentionsOf, TEAMS } from './activity';

const signs: Readonly<Record<string, string>> = { '&nbsp;': ' ', '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const decoded = (text: string): string => text.replace(/&(?:nbsp|amp|lt|gt|quot|#39);/g, (sign) => signs[sign] ?? sign);

/** Whether a message is for the desk: always between two, in a group only when it is named. */
export function isAddressed(activity: Activity): boolean {
  if (!isGroup(activity)) return true;
  return mentionsOf(activity).some(({ mentioned }) => mentioned.id === activity.recipient?.id);
}

/** The words alone: the desk's own name is gone, others stay as 「@王老师」. */
export function wordsOf(activity: Activity): string {
  let text = (activity.text ?? '').replace(/\r\n?/g, '\n');
  for (const { mentioned, text: written } of mentionsOf(activity)) {
    if (written && mentioned.id === activity.recipient?.id) text = text.replaceAll(written, ' ');
  }
  // No sign of another mark inside: from each of many that never close the whole rest would be looked through.
  text = text.replace(/<at(?:\s[^<>]*)?>([^<]*)<\/at>/gi, '@$1');
  if (activity.channelId === TEAMS) text = decoded(text);
  return printable(text)
    .replace(/[ \t]+/g, ' ')
    .trim();
}
