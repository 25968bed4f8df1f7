/** The page of logins: shows how each account stands, its code when a phone must read one, and asks before an account changes hands. */
import './wechat.css';
import { type Accounts, type AccountView, CONFIRM_HEADER, paths } from '../../adapters/wechat/wire';
import { button, h } from '../widget/dom';
import { factsOf, wordsOf } from './words';

const EVERY_MS = 2_000;
const place = document.getElementById('accounts');
const trouble = document.getElementById('trouble');
let shown = '';

async function confirm(account: string): Promise<void> {
  const url = `${paths.page}/${encodeURIComponent(account)}/confirm`;
  const response = await fetch(url, { method: 'POST', headers: { [CONFIRM_HEADER]: '1' } });
  if (!response.ok && trouble) trouble.textContent = (await response.json()).error.message;
  await look();
}

/** A code is a new picture each time; a number that changes with it keeps the browser from showing the old one. */
const pictureOf = ({ account, since }: AccountView, now: number): string =>
  `${paths.page}/${encodeURIComponent(account)}/qr.png?${since}-${Math.floor(now / 10_000)}`;

function draw(view: AccountView, now: number): HTMLElement {
  const { state, hint, mood } = wordsOf(view.state);
  return h(
    'section',
    { 'aria-label': view.account },
    h('h2', {}, view.account),
    h('p', { class: `state ${mood}` }, state),
    hint !== '' && h('p', {}, hint),
    view.code && h('img', { src: pictureOf(view, now), alt: `账号 ${view.account} 的登录二维码`, width: 288, height: 288 }),
    view.state === 'stranger' && button({}, () => void confirm(view.account), `确认：以后用「${view.self ?? '这个微信号'}」`),
    h('dl', {}, ...factsOf(view, now).flatMap(([word, fact]) => [h('dt', {}, word), h('dd', {}, fact)])),
  );
}

async function look(): Promise<void> {
  try {
    const response = await fetch(paths.state);
    if (response.status === 401) return location.reload();
    const { now, accounts }: Accounts = await response.json();
    const sections = accounts.map((view) => draw(view, now));
    const next = sections.map(({ outerHTML }) => outerHTML).join('');
    // What did not change stays: whoever is about to press a button must not lose it.
    if (next !== shown) place?.replaceChildren(...sections);
    shown = next;
    place?.removeAttribute('aria-busy');
    if (trouble) trouble.textContent = '';
  } catch {
    if (trouble) trouble.textContent = '暂时连不上服务器，正在重试…';
  }
}

void look();
setInterval(() => void look(), EVERY_MS);
