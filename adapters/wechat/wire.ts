/** What the page of logins and the server say to each other. No code to log in with: that is only in the picture. */
import type { WechatAccount } from './options';

export const paths = { page: '/channels/wechat', state: '/channels/wechat/state' } as const;
/** Set by the page's own requests that change something. */
export const CONFIRM_HEADER = 'x-qiao-wechat';

export type LoginState =
  | 'starting'
  /** A code waits to be read with the phone; it was read and the phone asks for a yes. */
  | 'scan'
  | 'scanned'
  | 'online'
  /** Somebody is logged in to whom the account does not belong. */
  | 'stranger'
  /** The gateway is gone; a new life begins soon. */
  | 'away'
  /** Another process has the login. */
  | 'elsewhere'
  | 'stopped';

export type AccountView = Readonly<{
  account: string;
  puppet: WechatAccount['puppet'];
  state: LoginState;
  since: number;
  heartbeatAt: number | null;
  /** Whether there is a picture to scan. */
  code: boolean;
  /** Who is logged in, and who the account belongs to, as WeChat names them. */
  self: string | null;
  owner: string | null;
  ended: string | null;
  unsaved: number;
  missed: number;
  silenced: number;
}>;
/** `now` is the server's clock. */
export type Accounts = Readonly<{ now: number; accounts: readonly AccountView[] }>;
