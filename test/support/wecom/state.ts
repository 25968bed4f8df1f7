/** What WeCom's customer service knows: the journal of each account with its cursors, sessions, limits and what reached the customers. */
import { randomBytes } from 'node:crypto';

export type Corp = Readonly<{ account: string; corpId: string; secret: string; token: string; aesKey: string; kfids: readonly string[] }>;
/** An application of a corporation, with keys of its own. */
export const corp = (account: string, kfids: readonly string[] = [`wk-${account}`]): Corp => ({
  account,
  corpId: `ww${account}`,
  secret: `secret of ${account}`,
  token: `token of ${account}`,
  aesKey: randomBytes(33)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, 'a')
    .slice(0, 43),
  kfids,
});

/** As sync_msg gives it. */
export type JournalItem = Readonly<Record<string, unknown>> &
  Readonly<{ msgid: string; send_time: number; origin: number; msgtype: string }>;
/** One message that reached a customer. */
export type Got = Readonly<{
  at: number;
  kfid: string;
  user: string;
  msgid: string;
  body: Readonly<Record<string, unknown>>;
  onEvent: boolean;
}>;
export type Session = { state: number; left: number; until: number };

const WINDOW_MS = 48 * 3_600_000;
const PER_MESSAGE = 5;
const WELCOME_MS = 20_000;

export class Refusal extends Error {
  readonly code: number;
  constructor(code: number, said: string) {
    super(said);
    this.code = code;
  }
}

export type WecomState = ReturnType<typeof createState>;

export function createState(corps: readonly Corp[], now: () => number, onGot: (got: Got) => void = () => undefined) {
  const journals = new Map<string, JournalItem[]>(corps.flatMap(({ kfids }) => kfids.map((kfid) => [kfid, []] as const)));
  const sessions = new Map<string, Session>();
  const codes = new Map<string, { kfid: string; user: string; until: number }>();
  const used = new Set<string>();
  const media = new Map<string, { name: string; type: string; bytes: Buffer }>();
  const got: Got[] = [];
  let count = 0;
  const next = (prefix: string): string => {
    count += 1;
    return `${prefix}${count.toString(36)}`;
  };

  const sessionOf = (kfid: string, user: string): Session => {
    const key = `${kfid}/${user}`;
    const session = sessions.get(key) ?? { state: 4, left: 0, until: 0 };
    sessions.set(key, session);
    return session;
  };
  const journal = (kfid: string): JournalItem[] => {
    const items = journals.get(kfid);
    if (!items) throw new Refusal(95_000, 'invalid open_kfid');
    return items;
  };

  function append(kfid: string, item: Omit<JournalItem, 'msgid' | 'send_time'> & { msgid?: string; send_time?: number }): string {
    const whole = { msgid: next('m'), send_time: Math.floor(now() / 1_000), ...item } as JournalItem;
    journal(kfid).push(whole);
    return whole.msgid;
  }

  function event(kfid: string, user: string, event_type: string, more: object = {}): string {
    return append(kfid, { origin: 4, msgtype: 'event', event: { event_type, open_kfid: kfid, external_userid: user, ...more } });
  }

  function newCode(kfid: string, user: string): string {
    const code = randomBytes(12).toString('hex');
    codes.set(code, { kfid, user, until: now() + WELCOME_MS });
    return code;
  }

  function deliver(kfid: string, user: string, body: Readonly<Record<string, unknown>>, onEvent: boolean): string {
    const { msgid = next('auto'), msgtype } = body as { msgid?: string; msgtype?: string };
    if (!/^[0-9a-zA-Z_-]{1,32}$/.test(msgid)) throw new Refusal(40_058, 'invalid msgid');
    if (used.has(`${kfid}/${msgid}`)) throw new Refusal(40_058, 'msgid already exists');
    const { text, msgmenu } = body as {
      text?: { content: string };
      msgmenu?: { head_content?: string; list: { click?: { id: string; content: string } }[] };
    };
    if (msgtype === 'text' && Buffer.byteLength(text?.content ?? '') > 2_048) throw new Refusal(45_002, 'content size out of limit');
    if (msgtype === 'text' && !text?.content) throw new Refusal(44_004, 'empty content');
    if (msgtype === 'msgmenu') {
      if (!msgmenu || msgmenu.list.length > 10) throw new Refusal(95_008, 'too many menu items');
      if (Buffer.byteLength(msgmenu.head_content ?? '') > 1_024) throw new Refusal(45_002, 'content size out of limit');
      const wrong = msgmenu.list.find(
        ({ click }) => !click?.id || !click.content || Buffer.byteLength(click.id) > 128 || Buffer.byteLength(click.content) > 128,
      );
      if (wrong) throw new Refusal(95_009, 'invalid menu item');
    }
    const file =
      ['image', 'voice', 'video', 'file'].includes(msgtype ?? '') && (body[msgtype ?? ''] as { media_id?: string } | undefined)?.media_id;
    if (file !== false && !media.has(file ?? '')) throw new Refusal(40_007, 'invalid media_id');
    used.add(`${kfid}/${msgid}`);
    const one = { at: now(), kfid, user, msgid, body, onEvent };
    got.push(one);
    onGot(one);
    return msgid;
  }

  return {
    got,
    media,
    journal,
    sessionOf,
    append,
    event,
    /** A customer's message: it opens or renews the window, and a session that was over begins anew. */
    say(kfid: string, user: string, content: Readonly<{ msgtype: string } & Record<string, unknown>>, msgid?: string): string {
      const session = sessionOf(kfid, user);
      if (session.state === 4) session.state = 0;
      session.left = PER_MESSAGE;
      session.until = now() + WINDOW_MS;
      return append(kfid, { origin: 3, open_kfid: kfid, external_userid: user, ...content, ...(msgid !== undefined && { msgid }) });
    },
    /** A customer opens the chat; with a code when a greeting may be sent. */
    enter(kfid: string, user: string, greetable = true): string {
      return event(kfid, user, 'enter_session', { scene: 'web', ...(greetable && { welcome_code: newCode(kfid, user) }) });
    },
    keepMedia(name: string, type: string, bytes: Buffer): string {
      const id = next('media');
      media.set(id, { name, type, bytes });
      return id;
    },
    sync(kfid: string, cursor: string, limit: number) {
      const items = journal(kfid);
      const from = cursor === '' ? 0 : Number(cursor.replace(/^c/, ''));
      if (!Number.isInteger(from) || from < 0 || from > items.length) throw new Refusal(40_058, 'invalid cursor');
      const page = items.slice(from, from + limit);
      const end = from + page.length;
      return { next_cursor: `c${end}`, has_more: end < items.length ? 1 : 0, msg_list: page };
    },
    send(body: Readonly<Record<string, unknown>>): string {
      const { open_kfid: kfid, touser: user } = body as { open_kfid: string; touser: string };
      journal(kfid);
      const session = sessionOf(kfid, user);
      if (session.state > 1) throw new Refusal(95_018, 'send msg session status invalid');
      if (session.until <= now()) throw new Refusal(95_002, 'send msg time limit');
      if (session.left <= 0) throw new Refusal(95_001, 'send msg count limit');
      const msgid = deliver(kfid, user, body, false);
      session.left -= 1;
      return msgid;
    },
    sendOnEvent(body: Readonly<Record<string, unknown>>): string {
      const { code } = body as { code: string };
      const held = codes.get(code);
      if (!held || held.until <= now()) throw new Refusal(95_015, 'invalid code');
      if (body.msgtype !== 'text' && body.msgtype !== 'msgmenu') throw new Refusal(40_008, 'invalid message type');
      const msgid = deliver(held.kfid, held.user, body, true);
      codes.delete(code);
      return msgid;
    },
    trans(kfid: string, user: string, to: number): { msg_code?: string } {
      const session = sessionOf(kfid, user);
      const may: Readonly<Record<number, readonly number[]>> = { 0: [1, 2, 3, 4], 1: [2, 3, 4], 2: [3, 4], 3: [3, 4], 4: [] };
      if (!may[session.state]?.includes(to)) throw new Refusal(95_016, 'invalid session state transition');
      session.state = to;
      return to === 4 ? { msg_code: newCode(kfid, user) } : {};
    },
  };
}

type Sent = Readonly<{
  text?: { content: string };
  msgmenu?: { head_content: string; list: readonly { click: { content: string } }[] };
  msgtype?: string;
}>;

/** What the customer reads. */
export function textOf(body: Sent): string {
  if (body.text) return body.text.content;
  if (body.msgmenu) return [body.msgmenu.head_content, ...body.msgmenu.list.map(({ click }) => `[${click.content}]`)].join('\n');
  return `<${body.msgtype}>`;
}
