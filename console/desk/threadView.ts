/** Draws what was said and what happened, oldest first; a line that did not change keeps its element. */
import { thumbOf } from '../../adapters/files';
import type { Delivery, ThreadItem, Undo } from '../../adapters/page/wire';
import { actWords } from '../../adapters/words';
import type { Attachment, Content, SlotName } from '../../dialogs/vocabulary';
import { copyFor } from '../widget/copy';
import { button, h } from '../widget/dom';
import { clock } from './due';

export type ThreadView = Readonly<{ element: HTMLElement; draw(ticket: string, items: readonly ThreadItem[], now: number): void }>;
type Drawn = Readonly<{ element: HTMLElement; said: string }>;

const slots = copyFor('zh').slots;
/** So near to the end that a reader follows along. */
const NEAR_END = 80;

export type ThreadActs = Readonly<{
  resend(text: string): void;
  mayUndo(undo: Undo): boolean;
  undo(merge: string): void;
}>;

export function createThreadView(acts: ThreadActs): ThreadView {
  const list = h('ol', { class: 'lines' });
  // A region that scrolls is reached by the keyboard only when it can be focused.
  const element = h('div', { class: 'thread', tabindex: 0, role: 'log', 'aria-label': '对话与处理记录' }, list);
  let drawn = new Map<string, Drawn>();
  let shown = '';
  /** The reader is at the end and stays there, also when the place for it grows or shrinks. */
  let atEnd = true;
  const follow = (): void => {
    if (atEnd) element.scrollTop = element.scrollHeight;
  };
  element.addEventListener('scroll', () => {
    atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
  });
  new ResizeObserver(follow).observe(element);
  new ResizeObserver(follow).observe(list);

  return {
    element,
    draw(ticket, items, now) {
      if (ticket !== shown) {
        drawn = new Map();
        atEnd = true;
        list.replaceChildren();
      }
      shown = ticket;
      const next = new Map<string, Drawn>();
      for (const item of items) {
        const said = JSON.stringify(item);
        const known = drawn.get(item.key);
        next.set(item.key, known?.said === said ? known : { element: drawItem(item, now, acts), said });
      }
      const elements = [...next.values()].map((one) => one.element);
      for (const { element: old } of drawn.values()) if (!elements.includes(old)) old.remove();
      for (const [index, line] of elements.entries())
        if (list.children[index] !== line) list.insertBefore(line, list.children[index] ?? null);
      drawn = next;
      follow();
    },
  };
}

function drawItem(item: ThreadItem, now: number, { resend, mayUndo, undo }: ThreadActs): HTMLElement {
  const time = h('time', { datetime: new Date(item.at).toISOString() }, clock(item.at, now));
  const line = (kind: string, who: string, ...body: (Node | string | null)[]): HTMLElement =>
    h('li', { class: `line ${kind}` }, h('p', { class: 'who' }, who, ' ', time), ...body);
  switch (item.kind) {
    case 'customer':
      return line('customer', '客户', ...contentNodes(item.content));
    case 'bot':
      return line('bot', '机器人', bubble(item.text), item.options ? h('p', { class: 'options' }, item.options.join(' · ')) : null);
    case 'agent':
      return line(
        'agent',
        item.name,
        bubble(item.text),
        ...(item.attachments ?? []).map(fileNode),
        item.delivery ? deliveryNode(item.delivery, () => resend(item.text)) : null,
      );
    case 'note':
      return line('note', item.name, h('div', { class: 'bubble' }, h('span', { class: 'tag' }, '内部'), item.text));
    case 'change':
      return h(
        'li',
        { class: 'line change' },
        h('p', {}, item.text, ' ', time),
        item.delivery ? deliveryNode(item.delivery) : null,
        item.undo && mayUndo(item.undo) ? undoNode(item.undo, undo) : null,
      );
    case 'alarm':
      return h('li', { class: `line alarm${item.page ? ' page' : ''}` }, h('p', {}, '⚠️ ', item.text, ' ', time));
  }
}

const undoNode = ({ merge }: Undo, undo: ThreadActs['undo']): HTMLElement =>
  button({ class: 'small', 'data-merge': merge }, () => undo(merge), actWords.unmerge);

const bubble = (text: string): HTMLElement => h('div', { class: 'bubble' }, text);

/** Without `resend` it cannot be sent again: a result is told once. */
function deliveryNode(delivery: Delivery, resend?: () => void): HTMLElement {
  switch (delivery.state) {
    case 'waiting':
      return h('p', { class: 'delivery' }, '⏳ 等待');
    case 'delivered':
      return h('p', { class: 'delivery arrived' }, '✔ 已送达');
    case 'failed':
      return h(
        'p',
        { class: 'delivery failed' },
        `⚠️ 失败：${delivery.reason} `,
        resend ? button({ class: 'small' }, resend, '重发') : '请重新打开工单后再回复，或另行联系客户。',
      );
  }
}

function contentNodes(content: Content): readonly Node[] {
  switch (content.kind) {
    case 'text':
      return [bubble(content.text)];
    case 'choice':
      return [bubble(content.label ?? content.value)];
    case 'fields':
      // Object.entries() forgets that the keys are names of slots.
      return [
        bubble((Object.entries(content.values) as [SlotName, string][]).map(([name, value]) => `${slots[name]}：${value}`).join('\n')),
      ];
    case 'location':
      return [bubble(`位置：${content.label ?? `${content.latitude}, ${content.longitude}`}`)];
    case 'image':
      return [fileNode(content.attachment)];
    case 'file':
      return [fileNode(content.attachment)];
    case 'voice':
      return [fileNode(content.attachment), ...(content.transcript ? [bubble(`语音转文字：${content.transcript}`)] : [])];
    case 'hello':
      return [];
  }
}

/** Only our own addresses are linked; a picture is shown small where the server can make a small one, and opens whole. */
function fileNode(attachment: Attachment): HTMLElement {
  const { name, url } = attachment;
  const own = url.startsWith('/') && !url.startsWith('//');
  const safe = own || /^https:\/\//.test(url);
  const label = `${name}${own ? '' : '（外部链接）'}`;
  if (!safe) return h('div', { class: 'bubble' }, label);
  const link = h('a', { href: url, target: '_blank', rel: 'noopener noreferrer', class: 'file' }, `📎 ${label}`);
  const small = thumbOf(attachment);
  if (small === null) return link;
  const image = h('img', { src: small, alt: `图片：${name}`, loading: 'lazy' });
  image.addEventListener('error', () => link.replaceChildren(`📎 ${label}`), { once: true });
  link.replaceChildren(image);
  return link;
}
