/** What was said in a conversation and what happened to its ticket, merged into one order, each thing once. Pure. */
import type { Attachment, Content } from '../../dialogs/vocabulary';
import type { Entry } from '../channel';
import type { DeskLine } from '../desk';
import { maskContent, maskText } from './mask';
import type { Delivery, ThreadItem } from './wire';

type Reply = Extract<DeskLine, { kind: 'reply' }>;
export type Merged = Readonly<{
  transcript: readonly Entry[];
  lines: readonly DeskLine[];
  /** Whether this line may show the numbers that people wrote. */
  plain: (at: number) => boolean;
  /** Gives an attachment an address that opens now. */
  open: (attachment: Attachment) => Attachment;
}>;

/** What follows from one event of the log carries its name in front. */
const cameFrom = (id: string, event: string): boolean => id.startsWith(`${event}:`);

export function threadOf({ transcript, lines, plain, open }: Merged): readonly ThreadItem[] {
  const deliveries = deliveriesOf(lines);
  const replies = lines.filter((line): line is Reply => line.kind === 'reply');
  const shown = new Set<string>();

  function said(entry: Entry): ThreadItem | null {
    const { at, id: key, author, content, reply } = entry;
    const mask = plain(at) ? (text: string) => text : maskText;
    if (author === 'customer') {
      if (!content || content.kind === 'hello') return null;
      return { key, at, kind: 'customer', content: opened(plain(at) ? content : maskContent(content), open) };
    }
    if (!reply) return null;
    if (author === 'bot') {
      const options = 'options' in reply ? (reply.options ?? []).map(({ label }) => label) : [];
      return { key, at, kind: 'bot', text: mask(reply.text), ...(options.length > 0 && { options }) };
    }
    const line = replies.find(({ id }) => cameFrom(entry.id, id));
    if (line) shown.add(line.id);
    return line ? ofAgent(line) : { key, at, kind: 'agent', name: entry.authorName ?? reply.kind, text: mask(reply.text) };
  }

  function ofAgent({ id: key, at, act, name, text, attachments }: Reply): ThreadItem {
    return {
      key,
      at,
      kind: 'agent',
      name,
      text: plain(at) ? text : maskText(text),
      ...(attachments && { attachments: attachments.map(open) }),
      delivery: deliveries.get(act) ?? { state: 'waiting' },
    };
  }

  const spoken = transcript.flatMap((entry) => said(entry) ?? []);
  const spokenIds = transcript.filter(({ author }) => author === 'customer').map(({ id }) => id);
  const happened = lines.flatMap(itemsOf);

  function itemsOf(line: DeskLine): ThreadItem[] {
    const { id: key, at } = line;
    switch (line.kind) {
      case 'customer': {
        if (spokenIds.some((id) => cameFrom(key, id))) return [];
        const content = contentOf(line, plain(at));
        return [{ key, at, kind: 'customer', content: opened(content, open) }];
      }
      case 'reply':
        return shown.has(key) ? [] : [ofAgent(line)];
      case 'note':
        return [{ key, at, kind: 'note', name: line.name, text: line.text }];
      case 'change':
        return [{ key, at, kind: 'change', text: line.text }];
      case 'alarm':
        return [{ key, at, kind: 'alarm', text: line.text, page: line.page }];
      case 'delivered':
      case 'undelivered':
        return [];
    }
  }
  return inOrder(spoken, happened);
}

/** The last word on each reply. */
function deliveriesOf(lines: readonly DeskLine[]): ReadonlyMap<string, Delivery> {
  const known = new Map<string, Delivery>();
  for (const line of lines) {
    if (line.kind === 'delivered') known.set(line.act, { state: 'delivered' });
    if (line.kind === 'undelivered') known.set(line.act, { state: 'failed', reason: line.reason });
  }
  return known;
}

function contentOf({ text, attachment }: Extract<DeskLine, { kind: 'customer' }>, plain: boolean): Content {
  if (attachment) return { kind: attachment.type.startsWith('image/') ? 'image' : 'file', attachment };
  return { kind: 'text', text: plain ? text : maskText(text) };
}

const opened = (content: Content, open: Merged['open']): Content =>
  'attachment' in content ? { ...content, attachment: open(content.attachment) } : content;

/** Both sides keep their own order; what happened stands before the first word said later. */
function inOrder(spoken: readonly ThreadItem[], happened: readonly ThreadItem[]): readonly ThreadItem[] {
  const merged: ThreadItem[] = [];
  let next = 0;
  for (const item of spoken) {
    for (let one = happened[next]; one && one.at < item.at; one = happened[next]) {
      merged.push(one);
      next += 1;
    }
    merged.push(item);
  }
  return [...merged, ...happened.slice(next)];
}
