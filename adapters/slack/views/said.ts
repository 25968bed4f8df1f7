/** What people wrote, as it may stand in a block: cut to its length, unable to page anybody or to become a link. Pure. */
import type { types } from '@slack/bolt';
import { plain } from '../text';

export type Block = types.KnownBlock;

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** As long as it is in JSON: Slack counts the whole message, and quotation marks and line breaks are two signs there. */
const lengthOf = (text: string): number => JSON.stringify(text).length - 2;

/** Whole graphemes of at most `limit` as `write` puts them, with … where something is missing. */
function fitted(text: string, limit: number, write: (part: string) => string): string {
  // What is far too long is not written as a whole first.
  const whole = text.length > limit ? undefined : write(text);
  if (whole !== undefined && lengthOf(whole) <= limit) return whole;
  let fitting = '';
  let length = 0;
  for (const { segment } of graphemes.segment(text.slice(0, limit))) {
    const next = write(segment);
    length += lengthOf(next);
    if (length >= limit) break;
    fitting += next;
  }
  return `${fitting}…`;
}

/** For plain text: nothing in it means anything to Slack. */
export const cut = (text: string, limit: number): string => fitted(text, limit, (part) => part);

/** For marked-up text. */
export const said = (text: string, limit: number): string => fitted(text, limit, plain);

/** The same on one line. */
export const saidInLine = (text: string, limit: number): string => said(text.replace(/\s+/g, ' ').trim(), limit);

/** The same as a quotation: whatever it imitates, the bar beside it says whose words they are. */
export const quoted = (text: string, limit: number): string =>
  `>${said(text.trim().replace(/\s*\n\s*/g, '\n'), limit).replaceAll('\n', '\n>')}`;

/** `verbatim`: Slack makes neither links nor mentions out of what only looks like them. */
export const marked = (text: string): types.MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true });
export const words = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });

export const section = (text: string): types.SectionBlock => ({ type: 'section', text: marked(text) });
export const small = (text: string): types.ContextBlock => ({ type: 'context', elements: [marked(text)] });

/** In the reader's own time zone; who cannot show that reads UTC. */
export function time(at: number): string {
  const fallback = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time}|${fallback}>`;
}
