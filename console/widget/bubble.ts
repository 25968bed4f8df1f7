/** Draws one line: what was said, by whom, and what may be pressed. */
import { besideRows } from '../../adapters/cards';
import { isShown, thumbOf } from '../../adapters/files';
import type { Attachment, Content, Locale, Reply } from '../../dialogs/vocabulary';
import type { Copy } from './copy';
import { clockTime } from './days';
import { button, h, icon } from './dom';
import { formCard } from './formCard';
import { richText, webAddress } from './richText';
import type { Item } from './thread';

export type Desk = Readonly<{
  copy: Copy;
  locale: Locale;
  server: string;
  say(content: Content): void;
  retry(clientMsgId: string): void;
}>;

const bubble = (desk: Desk, text: string, kind = ''): HTMLElement => h('div', { class: `bubble ${kind}` }, ...richText(text, desk.copy));

function rows(list: readonly Readonly<{ label: string; value: string }>[]): HTMLElement {
  return h('dl', {}, ...list.flatMap(({ label, value }) => [h('dt', {}, label), h('dd', {}, value)]));
}

function attached(desk: Desk, attachment: Attachment): HTMLElement {
  const { name, url } = attachment;
  // An address that is not ours or the web's own (javascript:, data:) becomes no link.
  const href = webAddress(url, desk.server);
  if (href === null) return bubble(desk, name);
  const link = { href, target: '_blank', rel: 'noopener noreferrer' };
  const asFile = (): HTMLElement => h('a', { ...link, class: 'bubble file' }, icon('file'), name);
  const small = thumbOf(attachment);
  if (small === null && !isShown(attachment.type)) return asFile();
  const image = h('img', { src: webAddress(small ?? url, desk.server) ?? href, alt: `${desk.copy.picture} ${name}`, loading: 'lazy' });
  const shown = h('a', { ...link, class: 'bubble picture' }, image);
  // Of some pictures (HEIC) no small one can be made.
  image.addEventListener('error', () => shown.replaceWith(asFile()), { once: true });
  return shown;
}

function contentNode(desk: Desk, content: Content): HTMLElement | null {
  switch (content.kind) {
    case 'text':
      return bubble(desk, content.text);
    case 'choice':
      return bubble(desk, content.label ?? content.value);
    case 'fields': {
      const filled = Object.entries(content.values).map(([name, value]) => ({ label: labelOf(desk, name), value: value ?? '' }));
      return h('div', { class: 'bubble fields' }, desk.copy.filled, rows(filled));
    }
    case 'file':
    case 'image':
    case 'voice':
      return attached(desk, content.attachment);
    case 'location':
      return bubble(desk, content.label ?? `${content.latitude}, ${content.longitude}`);
    case 'hello':
      return null;
  }
}

const labelOf = (desk: Desk, name: string): string => new Map<string, string>(Object.entries(desk.copy.slots)).get(name) ?? name;

function card(desk: Desk, reply: Extract<Reply, { kind: 'card' }>): HTMLElement {
  const { before, after } = besideRows(reply);
  const say = (line: string): HTMLElement => h('p', {}, ...richText(line, desk.copy));
  return h('div', { class: 'card' }, h('strong', {}, reply.title), ...before.map(say), rows(reply.rows), ...after.map(say));
}

function replyNodes(desk: Desk, reply: Reply): readonly HTMLElement[] {
  if (reply.kind === 'file') return [attached(desk, reply.attachment)];
  const words = reply.text ? bubble(desk, reply.text) : null;
  const head = reply.kind === 'card' ? card(desk, reply) : words;
  const options = (reply.options ?? []).map((option) =>
    button({ class: 'pill' }, () => desk.say({ kind: 'choice', value: option.value, label: option.label }), option.label),
  );
  const form =
    reply.kind === 'form' && reply.fields.length > 0 ? formCard(reply, desk.copy, (values) => desk.say({ kind: 'fields', values })) : null;
  const offered = options.length > 0 || form ? h('fieldset', { class: 'offer' }, form, ...options) : null;
  return [head, offered].filter((node) => node !== null);
}

function speaker(desk: Desk, item: Item): string {
  if (item.author === 'customer') return desk.copy.you;
  return item.author === 'agent' ? (item.authorName ?? desk.copy.agent) : desk.copy.bot;
}

/** Null for lines nobody needs to see. */
export function drawItem(desk: Desk, item: Item): HTMLElement | null {
  const said = item.content ? [contentNode(desk, item.content)] : (item.replies ?? []).flatMap((reply) => replyNodes(desk, reply));
  const shown = said.filter((node) => node !== null);
  if (shown.length === 0) return null;
  const name = speaker(desk, item);
  const heading = h('div', { class: `who${item.author === 'agent' ? '' : ' unseen'}` }, name);
  const time = h('time', { datetime: new Date(item.at).toISOString() }, clockTime(item.at, desk.locale));
  return h('div', { class: `item ${item.author}` }, heading, ...shown, h('div', { class: 'meta' }, time, h('span', { class: 'state' })));
}

/** Where own words are on their way, in words; what failed can be sent again. */
function deliveryWords(desk: Desk, item: Item, online: boolean): readonly (string | HTMLElement)[] {
  const { copy } = desk;
  if (item.delivery !== 'failed') return [online ? copy.sending : copy.waiting];
  const reason = item.refused ? `${copy.failed} · ${copy.refusals[item.refused]}` : copy.failed;
  return [reason, button({ class: 'retry' }, () => desk.retry(item.key), copy.retry)];
}

/** Says under own words whether they have arrived; of those that have, only under the last. */
export function drawState(desk: Desk, item: Item, node: HTMLElement, online: boolean, last: boolean): void {
  const place = node.querySelector('.state');
  if (!place || item.author !== 'customer') return;
  const sent = item.seq !== undefined || item.delivery === 'sent';
  const key = `${sent}${last}${item.delivery}${item.refused}${online}`;
  if (node.dataset.state === key) return;
  node.dataset.state = key;
  node.classList.toggle('failed', !sent && item.delivery === 'failed');
  const arrived = last ? [desk.copy.sent] : [];
  place.replaceChildren(...(sent ? arrived : deliveryWords(desk, item, online)));
}
