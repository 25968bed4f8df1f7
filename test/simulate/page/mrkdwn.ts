/** Slack's notation as elements. What people wrote only ever becomes text nodes. */
import { h } from '../../../console/widget/dom.js';

export type Names = ReadonlyMap<string, string>;

const TOKEN = /<([^<>]*)>|\*([^*\n]+)\*|(?<!\w)_([^_\n]+)_(?!\w)/g;
const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const clock = new Intl.DateTimeFormat('zh-CN', { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false });

function angled(inside: string, names: Names): Node {
  const [what = '', label] = inside.split('|');
  const date = /^!date\^(\d+)\^/.exec(what);
  if (date) return h('time', {}, clock.format(Number(date[1]) * 1000));
  if (/^https?:\/\//.test(what)) return h('a', { href: unescaped(what), target: '_blank', rel: 'noopener' }, unescaped(label ?? what));
  const [sign, id] = [what.slice(0, 1), what.slice(1)];
  if (sign === '@') return h('span', { class: 'mention' }, `@${names.get(id) ?? label ?? id}`);
  if (sign === '#') return h('span', { class: 'mention' }, `#${names.get(id) ?? label ?? id}`);
  if (sign === '!') return h('span', { class: 'mention' }, `@${label ?? id}`);
  return document.createTextNode(unescaped(`<${inside}>`));
}

function inLine(text: string, names: Names): Node[] {
  const nodes: Node[] = [];
  let from = 0;
  const plain = (until: number): void => {
    if (until > from) nodes.push(document.createTextNode(unescaped(text.slice(from, until))));
  };
  for (const found of text.matchAll(TOKEN)) {
    plain(found.index);
    from = found.index + found[0].length;
    const [, angle, bold, italic] = found;
    if (angle !== undefined) nodes.push(angled(angle, names));
    else if (bold !== undefined) nodes.push(h('strong', {}, ...inLine(bold, names)));
    else nodes.push(h('em', {}, ...inLine(italic ?? '', names)));
  }
  plain(text.length);
  return nodes;
}

/** One element a line; lines behind > are quoted. */
export function mrkdwn(text: string, names: Names): HTMLElement {
  const lines = text.split('\n').map((line) => {
    const quoted = /^(?:>|&gt;)\s?/.exec(line);
    return h('div', { class: quoted ? 'quote' : 'line' }, ...inLine(quoted ? line.slice(quoted[0].length) : line, names));
  });
  return h('div', { class: 'text' }, ...lines);
}
