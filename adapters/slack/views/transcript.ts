/** What was said before, as the first messages of a thread. Pure. */
import type { Entry } from '../../channel';
import { plain, quoted } from '../text';

/** Slack cuts a text at 40,000 characters; people stop reading long before. */
const MESSAGE_LENGTH = 3_500;
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

/** Few messages rather than one a line: a channel takes one a second. */
export function transcriptTexts(entries: readonly Entry[]): readonly string[] {
  const texts: string[] = [];
  let text = '';
  for (const entry of entries) {
    const words = wordsOf(entry);
    if (!words) continue;
    const line = `*${plain(entry.authorName ?? authors[entry.author])}*：${quoted(plain(words))}`.slice(0, MESSAGE_LENGTH);
    if (text && text.length + line.length >= MESSAGE_LENGTH) {
      texts.push(text);
      text = '';
    }
    text = text ? `${text}\n${line}` : line;
  }
  return text ? [...texts, text] : texts;
}
