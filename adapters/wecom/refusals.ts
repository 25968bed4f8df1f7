/** Why WeCom did not deliver, in words for agents. */
import { isPassing, type TencentError } from '../tencentApi';

export const COUNT_USED = 95_001;
/** errcodes of kf/send_msg after which nothing more may be sent until the customer writes: the count, the 48 hours, the session. */
export const SHUT: ReadonlyMap<number, string> = new Map([
  [COUNT_USED, '客户再次发来消息前，最多只能发 5 条'],
  [95_002, '客户超过 48 小时没有发来消息'],
  [95_013, '会话已经结束'],
]);
/** The session is in a state in which the API may not send. */
export const WRONG_STATE: ReadonlySet<number> = new Set([95_016, 95_018]);
export const SESSION_OVER = '会话已经结束，客户再次发来消息后才能发送';
export const HELD_ELSEWHERE = '会话正由企业微信的接待人员接待，文件未能发送';

/** Wrong keys, no permission, an address that is not allowed: nothing but the operator mends these, and until then the same is tried again. */
const OPERATORS: ReadonlySet<number> = new Set([40001, 40013, 40014, 42001, 48002, 60020, 95000, 95004, 95017]);
/** Whether the same may succeed later. */
export const isForLater = (error: TencentError): boolean => isPassing(error) || OPERATORS.has(error.code);

/** fail_type of the event msg_send_fail. */
const FAILED: Readonly<Record<number, string>> = {
  1: '客服账号已被删除',
  2: '应用已关闭',
  4: '会话已过期，超过 48 小时',
  5: '会话已关闭',
  6: '超过 5 条限制',
  7: '未绑定视频号',
  8: '主体未验证',
  9: '未绑定视频号且主体未验证',
  10: '客户拒收',
};
export const failedWords = (type: number | undefined): string => FAILED[type ?? 0] ?? '原因不明';
/** After these nothing more arrives until the customer writes, if ever. */
export const shutsWindow = (type: number | undefined): boolean => type === 4 || type === 5 || type === 6 || type === 10;

/**
 * Our own id stands for one reply, so an id that is taken means that this reply was taken before. The global table of errcodes names no
 * code for it (kf/send_msg only says that it is an error), hence the words.
 */
export const isRepeated = (said: string): boolean => /msg_?id/i.test(said) && /(dup|repeat|exist|used|unique)/i.test(said);
