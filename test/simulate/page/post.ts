/** A message as the channel and its threads show it, and what only one person sees. */
import { button, h } from '../../../console/widget/dom.js';
import type { Post, Whisper } from '../wire.js';
import { block, type Press } from './blocks.js';
import { mrkdwn, type Names } from './mrkdwn.js';

const signs: Readonly<Record<string, string>> = {
  hourglass_flowing_sand: '⏳',
  white_check_mark: '✅',
  warning: '⚠️',
  lock: '🔒',
};
const clock = new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
const hues = [212, 28, 152, 338, 262];

type Said = Pick<Post, 'ts' | 'text' | 'blocks'>;

function content({ text, blocks }: Said, press: Press, names: Names): Node[] {
  return blocks && blocks.length > 0 ? blocks.map((one) => block(one, press, names)) : [mrkdwn(text, names)];
}

const head = (name: string, ts: string, ...more: (Node | null)[]): HTMLElement =>
  h('div', { class: 'who' }, h('strong', {}, name), ...more, h('time', {}, clock.format(Number(ts) * 1000)));

function face(name: string, bot: boolean): HTMLElement {
  const hue = hues[[...name].reduce((sum, sign) => sum + (sign.codePointAt(0) ?? 0), 0) % hues.length];
  return h('span', { class: bot ? 'face bot' : 'face', style: `--hue: ${hue}`, 'aria-hidden': 'true' }, name.slice(-1));
}

export function postView(post: Post, bot: string, names: Names, press: Press, open: (() => void) | null): HTMLElement {
  const name = names.get(post.user ?? '') ?? 'Qiao 桥';
  const ours = post.user === bot || post.user === undefined;
  const replies = post.reply_count ?? 0;
  const marks = (post.reactions ?? []).map((one) => h('span', { class: 'mark' }, signs[one.name] ?? `:${one.name}:`));
  return h(
    'article',
    { class: 'post' },
    face(name, ours),
    h(
      'div',
      { class: 'content' },
      head(name, post.ts, ours ? h('span', { class: 'app' }, '应用') : null),
      ...content(post, press, names),
      marks.length > 0 && h('div', { class: 'marks' }, ...marks),
      open && button({ class: 'replies' }, open, replies > 0 ? `${replies} 条回复 · 查看消息列` : '查看消息列'),
    ),
  );
}

export const whisperView = (whisper: Whisper, names: Names, press: Press): HTMLElement =>
  h(
    'article',
    { class: 'post whisper' },
    face('桥', true),
    h(
      'div',
      { class: 'content' },
      h('p', { class: 'only' }, '👁 只有您看得到'),
      head('Qiao 桥', whisper.ts),
      ...content(whisper, press, names),
    ),
  );
