/** What every desk is told once that is not about one ticket: the ids say what it is about, so that no retry and no second process tells it again. */
import type { Notice } from '../../adapters/desk';
import { maskText } from '../../adapters/mask';
import { flagWords } from '../../adapters/words';
import type { ChannelName, Effect, Instant } from '../../dialogs/vocabulary';
import type { NoticeDoc } from '../store/documents';
import type { Store } from '../store/store';

/** Whose matter a call for supervisors is about, and why they are called. */
type Call = Pick<NoticeDoc, 'conversation' | 'flag'>;

/** Whether it was new. The relay shows it to every desk. */
export async function post(store: Pick<Store, 'notices'>, notice: Notice, call: Call = {}): Promise<boolean> {
  const { id, at } = notice;
  const row = { _id: id, notice, told: [], open: true, tries: 0, notBefore: at, at: new Date(at), ...call };
  return (await store.notices.insert(row)).inserted;
}

type Raised = Extract<Effect, { kind: 'raiseFlag' }>;

/** Something grave was said before there is a ticket: supervisors hear of it at once, once for all flags of a message (S4-22, S4-36). */
export function raisedNotice({ flag, reason }: Raised, event: string, conversation: string, at: Instant): Notice {
  const text = `「${reason}」\n会话 ${maskText(conversation)}，客户还在填写资料，随后会有工单。`;
  // Without a ticket only a complaint calls for the supervisor by that flag alone.
  const what = flag === 'supervisor' ? '客户投诉' : flagWords[flag];
  return { id: `flag/${event}`, at, to: 'supervisors', title: `请主管关注：${what}`, text, page: true };
}

/** What could not even be made a ticket. */
export function deadLetterNotice(effect: string, conversation: string, reason: string, at: Instant): Notice {
  const text = `会话 ${maskText(conversation)} 里有一步没有完成，也没能登记成工单，请人工联系客户。\n原因：${reason}\n编号：${maskText(effect)}`;
  return { id: `dead-letter/${effect}`, at, to: 'supervisors', title: '系统未能处理的消息', text, page: true };
}

/** The ids of notices about mails that could be kept in no conversation. */
export const ASIDE = { $gte: 'aside/', $lt: 'aside0' } as const;

/** A mail that could not be stored, and of which only this notice tells. `about` and `why` in Chinese. */
export function asideNotice(
  { account, id, about, why }: Readonly<{ account: string; id: string; about: string; why: string }>,
  at: Instant,
): Notice {
  const text = `邮箱 ${account} 里有一封邮件${about && `（${maskText(about)}）`}没有收下，留在原处，未读、有旗标，请人工查看。\n原因：${why}`;
  return { id: `aside/email/${account}/${id}`, at, to: 'supervisors', title: '未能收下的邮件', text, page: false };
}

/** Something is wrong with an account of a channel, such as a login that ended: told once an hour for as long as it lasts. */
export function accountNotice(
  channel: ChannelName,
  { account, cause, title, text }: Readonly<{ account: string; cause: string; title: string; text: string }>,
  at: Instant,
): Notice {
  const hour = new Date(at).toISOString().slice(0, 13);
  return { id: `${channel}/${account}/${cause}/${hour}`, at, to: 'supervisors', title, text, page: true };
}
