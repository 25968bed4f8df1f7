/** Takes one page of a line in: messages into the desk's log with their files, events to where they belong. */
import type { Address } from '../../dialogs/vocabulary';
import type { Budgets } from '../budget';
import type { Accept, News, Tell } from '../channel';
import { ChannelError } from '../channel';
import type { Files } from '../files';
import { inLanes } from '../lanes';
import { isPassing, type TencentApi, TencentError } from '../tencentApi';
import { decode, mediaOf } from './decode';
import type { Hopeless } from './hopeless';
import { customerOf, type Item, ORIGIN } from './item';
import { customerKey, type Line, type Log } from './options';
import { failedWords, shutsWindow } from './refusals';
import { msgidOf, replyKey, type Sends } from './send';
import type { Sessions } from './sessions';

/** Customers taken in at the same time; each one's messages stay in order. */
const ABREAST = 16;
/** So often a file is fetched before the message is taken in without it: one file must not hold up everybody. */
const FILE_TRIES = 5;
const WORDS_AT_MOST = 200;
const WINDOW_MS = 48 * 3_600_000;
const MESSAGES = 5;
const WELCOME_MS = 20_000;
const SESSION_ENDED = 3;

type Deps = Readonly<{
  line: Line;
  api: TencentApi;
  accept: Accept;
  tell: Tell;
  files: Pick<Files, 'keep'>;
  budgets: Budgets;
  sessions: Sessions;
  bring: Sends['bring'];
  hopeless: Hopeless;
  log: Log;
}>;

/** Resolves once everything of the page is durable. */
export function createTake({
  line,
  api,
  accept,
  tell,
  files,
  budgets,
  sessions,
  bring,
  hopeless,
  log,
}: Deps): (items: readonly Item[]) => Promise<void> {
  const fileTries = new Map<string, number>();
  /** What is done of a page that must be gone through once more: no file of it is fetched again, which might be gone by then. */
  const done = new Set<string>();

  async function fileOf(item: Item): Promise<object> {
    const media = mediaOf(item);
    if (!media) return {};
    try {
      const { bytes, name } = await api.download('/cgi-bin/media/get', { media_id: media.id });
      const kept = await files.keep(bytes, name ?? media.kind);
      fileTries.delete(item.msgid);
      return kept.kind === 'kept'
        ? { kept: kept.attachment }
        : { lost: kept.reason === 'too-large' ? '太大，未能保存' : '格式不支持，未能保存' };
    } catch (error) {
      const lasting = (error instanceof TencentError && !isPassing(error)) || (error instanceof ChannelError && !error.retryable);
      const tries = (fileTries.get(item.msgid) ?? 0) + 1;
      fileTries.set(item.msgid, tries);
      if (!lasting && tries < FILE_TRIES) throw error;
      fileTries.delete(item.msgid);
      log.error({ account: line.account.account, msgid: item.msgid, err: error }, 'a file of WeCom could not be fetched');
      return { lost: '未能取得' };
    }
  }

  async function event(item: Item, user: string | undefined): Promise<void> {
    const { event: told } = item;
    if (!told) return;
    const at = item.send_time * 1_000;
    switch (told.event_type) {
      case 'msg_send_fail':
        return user === undefined ? undefined : sendFailed(user, told.fail_msgid, told.fail_type, at);
      case 'user_recall_msg':
        return user === undefined ? undefined : tell(remark(user, item.msgid, '客户撤回了一条消息', at));
      case 'session_status_change':
        if (user === undefined) return;
        sessions.forget(line, user);
        if (told.change_type === SESSION_ENDED) return budgets.shut(customerKey(line, user));
        return tell(remark(user, item.msgid, `企业微信接待人员 ${told.new_servicer_userid ?? ''} 接入了会话`, at));
      case 'enter_session':
        return;
      default:
        log.info({ account: line.account.account, kfid: line.kfid, event: told.event_type }, 'an event of WeCom');
    }
  }

  const addressOf = (user: string): Address => {
    const { account, thread } = line;
    return { channel: 'wecom', account: account.account, user, ...(thread !== undefined && { thread }) };
  };
  const remark = (user: string, id: string, text: string, at: number): News => ({ kind: 'remark', of: addressOf(user), id, text, at });

  async function sendFailed(user: string, msgid: string | undefined, type: number | undefined, at: number): Promise<void> {
    const customer = customerKey(line, user);
    const found = (await budgets.sent(customer)).find(({ key }) => msgidOf(key) === msgid);
    if (shutsWindow(type)) await budgets.shut(customer);
    if (!found) {
      log.warn({ account: line.account.account, kfid: line.kfid, msgid, type }, 'a message that is not ours was not delivered');
      return;
    }
    const common = { kind: 'undelivered', of: addressOf(user), callBack: shutsWindow(type), at } as const;
    const reason = `微信客服未能送达（${failedWords(type)}）`;
    for (const key of found.carries ?? [replyKey(found.key)]) await tell({ ...common, key, reason });
  }

  /** Before the answer to the customer's word; what does not go out waits for the next. */
  async function broughtNow(user: string): Promise<void> {
    await bring(line, addressOf(user)).catch((error) =>
      log.warn({ account: line.account.account, kfid: line.kfid, err: error }, 'what waited for a customer waits on'),
    );
  }

  async function one(item: Item): Promise<void> {
    const user = customerOf(item);
    if (item.event) await event(item, user);
    if (item.origin === ORIGIN.servicer && user !== undefined) {
      const text = `企业微信接待人员 ${item.servicer_userid ?? ''} 回复：${item.text?.content ?? `［${item.msgtype}］`}`;
      return tell(remark(user, item.msgid, text, item.send_time * 1_000));
    }
    const payload = { account: line.account.account, thread: line.thread, item, ...(await fileOf(item)) };
    for (const message of decode(payload)) {
      // Before the desk may answer it, so that the answer finds what it may use.
      const held = await budgets.grant(customerKey(line, message.from.user), grantOf(item));
      if (held.length > 0 && message.content.kind !== 'hello') await broughtNow(message.from.user);
      await accept(message);
    }
  }

  /** A person gets what can be told of it, and the rest of the line goes on. */
  async function putAside(item: Item, error: unknown): Promise<void> {
    const user = customerOf(item);
    const [said] = item.origin === ORIGIN.customer ? decode({ account: line.account.account, thread: line.thread, item }) : [];
    log.error({ account: line.account.account, kfid: line.kfid, msgid: item.msgid, err: error }, 'what WeCom handed out was put aside');
    if (!said || user === undefined) return;
    await accept({
      id: `${said.id}/aside`,
      from: addressOf(user),
      at: said.at,
      content: { kind: 'text', text: item.text?.content.slice(0, WORDS_AT_MOST) || `［未能收下的消息：${item.msgtype}］` },
      failed: `微信客服的消息未能收下（${error instanceof Error ? error.message.slice(0, WORDS_AT_MOST) : '原因不明'}）`,
    });
  }

  return async (items) => {
    const known = await hopeless.known();
    const failures = await inLanes(items, laneOf, ABREAST, async (item) => {
      if (done.has(item.msgid)) return;
      try {
        await one(item);
      } catch (error) {
        if (!known.has(item.msgid)) throw error;
        await putAside(item, error);
      }
      done.add(item.msgid);
    });
    const [failed] = failures.values();
    if (failures.size === 0) return done.clear();
    await hopeless.count([...failures.keys()].map(({ msgid }) => msgid));
    throw failed;
  };
}

/** Each customer's stay in order. */
const laneOf = (item: Item): string => customerOf(item) ?? '';

function grantOf({ event, send_time, msgid: act }: Item) {
  const at = send_time * 1_000;
  if (event?.welcome_code) return { kind: 'welcome', left: 1, until: at + WELCOME_MS, act, code: event.welcome_code };
  return { kind: 'message', left: MESSAGES, until: at + WINDOW_MS, act };
}
