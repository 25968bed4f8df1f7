/** The desk's page begins: signed in already, by a link, or by a token. */
import './desk.css';
import type { SignedIn } from '../../adapters/page/wire';
import { createApi } from './api';
import { drawSignIn, tokenInAddress } from './signIn';
import { openWorkplace } from './workplace';

const root = document.getElementById('desk');
let close: (() => void) | undefined;

function leave(because: string): void {
  close?.();
  close = undefined;
  for (const dialog of document.querySelectorAll('dialog')) dialog.close();
  if (root) drawSignIn(root, api, because, enter);
}

function enter(who: SignedIn): void {
  close?.();
  if (root) close = openWorkplace(root, api, who, leave);
}

const api = createApi(() => close && leave('登录已过期，请重新登录。'));

async function begin(): Promise<void> {
  const token = tokenInAddress();
  const answer = token === '' ? await api.session() : await api.signIn(token);
  if (answer.ok) return enter(answer.value);
  leave(token !== '' || answer.status !== 401 ? answer.message : '');
}
void begin();
