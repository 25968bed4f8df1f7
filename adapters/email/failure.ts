/** What an SMTP server's refusal means for the mail: try again, or tell a person. Pure. */
import { ChannelError } from '../channel';

/** The addresses or the mail itself are at fault, although no server was asked. */
const HOPELESS: ReadonlySet<string> = new Set(['EENVELOPE', 'EMESSAGE']);

/** What a server says before it has heard of the mail is about us. */
const BEFORE_THE_MAIL: ReadonlySet<string> = new Set(['CONN', 'EHLO', 'HELO', 'STARTTLS']);

const commandOf = (error: Error): string => ('command' in error && typeof error.command === 'string' ? error.command : '');
const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');
const answerOf = (error: Error): number => ('responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 0);

/** 4xx and broken connections may pass; 5xx does not. A wrong password is the operator's to mend, and the customer's mail waits for it. */
export function channelError(error: unknown): ChannelError {
  if (!(error instanceof Error)) return new ChannelError('发信失败', { retryable: true, cause: error });
  const [code, answer] = [codeOf(error), answerOf(error)];
  if (code === 'EAUTH') return new ChannelError('发信服务器不接受我们的登录', { retryable: true, cause: error });
  if (answer >= 500 && !BEFORE_THE_MAIL.has(commandOf(error)))
    return new ChannelError(`客户的邮箱拒收（${answer}）`, { retryable: false, cause: error });
  if (answer >= 400) return new ChannelError(`发信服务器暂时不收（${answer}）`, { retryable: true, cause: error });
  if (HOPELESS.has(code)) return new ChannelError('这个地址不能收信', { retryable: false, cause: error });
  return new ChannelError(`连不上发信服务器（${code || error.name}）`, { retryable: true, cause: error });
}
