/** What was said before, as the first messages of a thread. Pure. */
import type { Entry } from '../../channel';
import { splitText } from '../../limits';
import { plain, quoted } from '../text';
import { cut, saidInLine } from './said';

/** Slack cuts a text at 40,000 characters; people stop reading long before. */
const MESSAGE_LENGTH = 3_500;
/** Of what somebody said at once; all of it is at the desk's page. */
const ENTRY_LENGTH = 10_000;
const NAME = 40;
const authors: Readonly<Record<Entry['author'], string>> = { customer: '客户', bot: '机器人', agent: '客服' };

function wordsOf({ content, reply }: Entry): string {
  if (reply) return reply.text;
  switch (content?.kind) {
    case 'text':
      return content.text;
    case 'choice':
      return content.label ?? content.value;
    case 'fields':
      return Object.values(content.values).join('；');
    case 'file':
    case 'image':
    case 'voice':
      return content.transcript ?? `[${content.attachment.name}]`;
    case 'location':
      return content.label ?? `[位置 ${content.latitude}, ${content.longitude}]`;
    default:
      return '';
  }
}

/** Few messages rather than one a line: a channel takes one a second. What is longer than a message goes on in the next. */
export function transcriptTexts(entries: readonly Entry[]): readonly string[] {
  const texts: string[] = [];
  let text = '';
  for (const entry of entries) {
    const author = saidInLine(entry.authorName ?? authors[entry.author], NAME);
    for (const words of splitText(cut(wordsOf(entry), ENTRY_LENGTH), MESSAGE_LENGTH - 2 * NAME, shown)) {
      const line = `*${author}*：${quoted(plain(words))}`;
      if (text && text.length + line.length >= MESSAGE_LENGTH) {
        texts.push(text);
        text = '';
      }
      text = text ? `${text}\n${line}` : line;
    }
  }
  return text ? [...texts, text] : texts;
}

const shown = (words: string): number => quoted(plain(words)).length;
