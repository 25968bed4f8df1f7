/** Takes one page of a line in: messages into the desk's log with their files, events to where they belong. */
import type { Address } from '../../dialogs/vocabulary';
import type { Budgets } from '../budget';
import type { Accept, News, Tell } from '../channel';
import { ChannelError } from '../channel';
import type { Files } from '../files';
import type { Held } from '../held';
import { isPassing, type TencentApi, TencentError } from '../tencentApi';
import { decode, mediaOf } from './decode';
import { customerOf, type Item, ORIGIN } from './item';
import { customerKey, type Line, type Log } from './options';
import { failedWords, shutsWindow } from './refusals';
import { msgidOf, replyKey, type Sends } from './send';
import type { Sessions } from './sessions';

/** Customers taken in at the same time; each one's messages stay in order. */
const ABREAST = 16;
/** So often a file is fetched before the message is taken in without it: one file must not hold up everybody. */
const FILE_TRIES = 5;
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
  log,
}: Deps): (items: readonly Item[]) => Promise<void> {
  const fileTries = new Map<string, number>();

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
    const key = (await budgets.sent(customer)).find((one) => msgidOf(one) === msgid);
    if (shutsWindow(type)) await budgets.shut(customer);
    if (key === undefined) {
      log.warn({ account: line.account.account, kfid: line.kfid, msgid, type }, 'a message that is not ours was not delivered');
      return;
    }
    await tell({
      kind: 'undelivered',
      key: replyKey(key),
      of: addressOf(user),
      reason: `微信客服未能送达（${failedWords(type)}）`,
      callBack: shutsWindow(type),
      at,
    });
  }

  /** Before the answer to the customer's word; what does not go out waits for the next. */
  async function broughtNow(user: string, held: Held): Promise<void> {
    await bring(line, user, held).catch((error) =>
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
      if (held.length > 0 && message.content.kind !== 'hello') await broughtNow(message.from.user, held);
      await accept(message);
    }
  }

  return async (items) => {
    const queues = byCustomer(items);
    let failed: unknown;
    const work = async (): Promise<void> => {
      for (let queue = queues.shift(); queue && failed === undefined; queue = queues.shift()) {
        try {
          for (const item of queue) await one(item);
        } catch (error) {
          failed ??= error;
        }
      }
    };
    // All have ended before this rejects: nothing goes on behind the back of whoever stops.
    await Promise.all(Array.from({ length: Math.min(ABREAST, queues.length) }, work));
    if (failed !== undefined) throw failed;
  };
}

function byCustomer(items: readonly Item[]): Item[][] {
  const queues = new Map<string, Item[]>();
  for (const item of items) {
    const user = customerOf(item) ?? '';
    const queue = queues.get(user);
    if (queue) queue.push(item);
    else queues.set(user, [item]);
  }
  return [...queues.values()];
}

function grantOf({ event, send_time, msgid: act }: Item) {
  const at = send_time * 1_000;
  if (event?.welcome_code) return { kind: 'welcome', left: 1, until: at + WELCOME_MS, act, code: event.welcome_code };
  return { kind: 'message', left: MESSAGES, until: at + WINDOW_MS, act };
}
