/** Who are you? A token is exchanged for a session; after that the browser holds only a cookie that scripts cannot read. */
import { paths, type SignedIn } from '../../adapters/page/wire';
import { h } from '../widget/dom';
import type { Api } from './api';

/** A token given in the address, which then forgets it. */
export function tokenInAddress(): string {
  const token = decodeURIComponent(location.hash.slice(1));
  if (token !== '') history.replaceState(null, '', paths.page);
  return token;
}

export function drawSignIn(root: HTMLElement, api: Api, because: string, enter: (who: SignedIn) => void): void {
  const input = h('input', { id: 'token', type: 'password', autocomplete: 'current-password', required: true });
  const wrong = h('p', { class: 'wrong', role: 'alert' }, because);
  const go = h('button', { type: 'submit', class: 'primary' }, '登录');
  const form = h(
    'form',
    { class: 'sign-in', novalidate: true },
    h('h1', {}, 'Qiao 桥 · 工作台'),
    h('label', { for: 'token' }, '坐席口令'),
    input,
    wrong,
    go,
    h('p', { class: 'hint' }, '口令由主管发放。还没有坐席时，启动服务的窗口里会显示一个登录链接。'),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (input.value.trim() === '') {
      wrong.textContent = '请输入口令。';
      return input.focus();
    }
    go.disabled = true;
    const answer = await api.signIn(input.value.trim());
    go.disabled = false;
    if (answer.ok) return enter(answer.value);
    wrong.textContent = answer.message;
    input.select();
  });
  root.replaceChildren(h('main', { class: 'door' }, form));
  input.focus();
}
