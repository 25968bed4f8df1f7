/** What was said in a conversation and what happened to its ticket, merged into one order, each thing once. Pure. */
import type { Attachment, Content, Instant } from '../../dialogs/vocabulary';
import type { Entry } from '../channel';
import type { DeskLine } from '../desk';
import { kindOf } from '../files';
import { maskText } from '../mask';
import type { Delivery, ThreadItem } from './wire';

type Reply = Extract<DeskLine, { kind: 'reply' }>;
export type Merged = Readonly<{
  transcript: readonly Entry[];
  lines: readonly DeskLine[];
  /** Whether numbers in replies are shown: whoever sends one again must send the same words. */
  plain: boolean;
  /** Gives an attachment an address that opens now. */
  open: (attachment: Attachment) => Attachment;
}>;

/** What follows from one event of the log carries its name in front. */
const cameFrom = (id: string, event: string): boolean => id.startsWith(`${event}:`);

export function threadOf({ transcript, lines, plain, open }: Merged): readonly ThreadItem[] {
  const deliveries = deliveriesOf(lines);
  const deliveryOf = (act: string): Delivery => deliveries.get(act) ?? { state: 'waiting' };
  const replies = lines.filter((line): line is Reply => line.kind === 'reply');
  const undone = new Set(lines.flatMap((line) => (line.kind === 'unmerged' ? [line.merge] : [])));
  const shown = new Set<string>();
  const times = timesOf(transcript);
  const spokenIds = transcript.filter(({ author }) => author === 'customer').map(({ id }) => id);

  function said(entry: Entry, index: number): ThreadItem | null {
    const { id: key, author, content, reply } = entry;
    const at = times[index] ?? entry.at;
    if (author === 'customer')
      return content && content.kind !== 'hello' ? { key, at, kind: 'customer', content: opened(content, open) } : null;
    if (!reply) return null;
    if (author === 'bot') {
      const options = 'options' in reply ? (reply.options ?? []).map(({ label }) => maskText(label)) : [];
      return { key, at, kind: 'bot', text: reply.text, ...(options.length > 0 && { options }) };
    }
    const line = replies.find(({ id }) => cameFrom(key, id));
    // Words and files of one act are several replies, and one item.
    if (line && shown.has(line.id)) return null;
    if (line) shown.add(line.id);
    return line ? ofAgent(line) : { key, at, kind: 'agent', name: entry.authorName ?? '客服', text: reply.text };
  }

  function ofAgent({ id: key, at, act, name, text, attachments }: Reply): ThreadItem {
    const files = attachments && { attachments: attachments.map(open) };
    return { key, at, kind: 'agent', name, text: plain ? text : maskText(text), ...files, delivery: deliveryOf(act) };
  }

  function happened(line: DeskLine): ThreadItem | null {
    const { id: key, at } = line;
    switch (line.kind) {
      case 'customer':
        if (spokenIds.some((id) => cameFrom(key, id))) return null;
        return { key, at, kind: 'customer', content: opened(contentOf(line), open) };
      case 'reply':
        return shown.has(key) ? null : ofAgent(line);
      case 'note':
        return { key, at, kind: 'note', name: line.name, text: line.text };
      case 'change':
        return { key, at, kind: 'change', text: line.text };
      case 'result':
        return { key, at, kind: 'change', text: line.text, delivery: deliveryOf(line.act) };
      case 'merged':
        return {
          key,
          at,
          kind: 'change',
          text: line.text,
          ...(!undone.has(line.merge) && { undo: { merge: line.merge, agent: line.agent } }),
        };
      case 'unmerged':
        return { key, at, kind: 'change', text: line.text };
      case 'alarm':
        return { key, at, kind: 'alarm', text: line.text, page: line.page };
      case 'delivered':
      case 'undelivered':
        return null;
    }
  }

  const spoken = transcript.flatMap((entry, index) => said(entry, index) ?? []);
  return inOrder(
    spoken,
    lines.flatMap((line) => happened(line) ?? []),
  );
}

/** When each was said by our clock: a customer's words came before what answered them and after what went before. */
function timesOf(transcript: readonly Entry[]): readonly Instant[] {
  const times = transcript.map(({ at }) => at);
  let next = Number.POSITIVE_INFINITY;
  for (let n = times.length - 1; n >= 0; n -= 1) {
    times[n] = Math.min(times[n] ?? next, next);
    if (transcript[n]?.author !== 'customer') next = times[n] ?? next;
  }
  let last = 0;
  return times.map((at) => {
    last = Math.max(at, last);
    return last;
  });
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

function contentOf({ text, attachment }: Extract<DeskLine, { kind: 'customer' }>): Content {
  return attachment ? { kind: kindOf(attachment.type), attachment } : { kind: 'text', text };
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
