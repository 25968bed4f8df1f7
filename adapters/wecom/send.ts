/** Hands one reply to WeCom: counted against the customer's limit, under our own id, in a session that lets us speak. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Address } from '../../dialogs/vocabulary';
import { bringWaiting } from '../bring';
import { type Budgets, type Grant, NOTHING_LEFT, type Sender, senderOf } from '../budget';
import { ChannelError, type Outgoing, type Tell } from '../channel';
import type { Files } from '../files';
import { type TencentApi, TencentError } from '../tencentApi';
import { greets } from './decode';
import { encode, LIMITS, textWire, textWires, type WecomFile, type WecomMenu, type WecomText, type WecomWire, wordsOf } from './encode';
import { customerKey, type Line, type Log } from './options';
import { COUNT_USED, HELD_ELSEWHERE, isForLater, isRepeated, SESSION_OVER, SHUT, WRONG_STATE } from './refusals';
import type { Sessions } from './sessions';
import { upload } from './upload';

/** At most 32 of 0-9 a-z A-Z _ -, the same for the same reply: the platform refuses it the second time. */
export const msgidOf = (key: string): string => `q${createHash('sha256').update(key).digest('base64url').slice(0, 31)}`;
/** A reply of several messages has a key for each. */
const partKey = (key: string, part: number): string => (part === 0 ? key : `${key}~${part}`);
/** The reply a message's key belongs to. */
export const replyKey = (part: string): string => part.replace(/~(\d+|held[\w-]*)$/, '');

const Sent = z.looseObject({});
type Ready = WecomText | WecomMenu | Readonly<{ msgtype: string }>;

export type Sends = Readonly<{
  send(outgoing: Outgoing): Promise<void>;
  /** What waited for the customer's word, once it came; resolves to null once nothing waits any more. Throws ChannelError. */
  bring(line: Line, to: Address): Promise<'waits' | null>;
}>;

export function createSends(
  deps: Readonly<{
    lineOf: (to: Outgoing['to']) => Line;
    apiOf: (line: Line) => TencentApi;
    sessions: Sessions;
    budgets: Budgets;
    files: Pick<Files, 'read' | 'openOutside'>;
    log: Log;
    tell: Tell;
    now: () => number;
  }>,
): Sends {
  const { sessions, budgets, files, log } = deps;

  /** A file as the platform takes it, or where it can be had. */
  async function ready(line: Line, wire: WecomWire): Promise<readonly Ready[]> {
    if (wire.msgtype !== 'file') return [wire];
    const file: WecomFile = wire;
    const bytes = await files.read(file.attachment);
    const uploaded = bytes && (await upload(deps.apiOf(line), file.attachment, bytes));
    return uploaded ? [uploaded] : textWires(`${file.text}\n${files.openOutside(file.attachment).url}`);
  }

  async function deliver(line: Line, user: string, msgid: string, wire: Ready, { code }: Grant): Promise<void> {
    const api = deps.apiOf(line);
    const onEvent = (event: string) => api.post('/cgi-bin/kf/send_msg_on_event', { code: event, msgid, ...wire });
    const speaks = wire.msgtype === 'text' || wire.msgtype === 'msgmenu';
    if (code !== undefined && speaks) return void Sent.parse(await onEvent(code));
    for (let tries = 1; ; tries += 1) {
      const floor = await sessions.claim(line, user);
      if (floor.kind === 'over') throw new ChannelError(SESSION_OVER, { retryable: false, callBack: true });
      if (floor.kind === 'ended') {
        if (!speaks) throw new ChannelError(HELD_ELSEWHERE, { retryable: false });
        return void Sent.parse(await onEvent(floor.code));
      }
      try {
        return void Sent.parse(await api.post('/cgi-bin/kf/send_msg', { touser: user, open_kfid: line.kfid, msgid, ...wire }));
      } catch (error) {
        if (!(error instanceof TencentError && WRONG_STATE.has(error.code)) || tries > 1) throw error;
        sessions.forget(line, user);
      }
    }
  }

  /** Whether it went out; when not, it may wait for the customer's next word. Throws ChannelError when that would not help either. */
  async function one(
    line: Line,
    user: string,
    { key, carries }: Readonly<{ key: string; carries?: readonly string[] }>,
    wire: Ready,
    by: Sender,
  ): Promise<boolean> {
    const customer = customerKey(line, user);
    const grant = await budgets.take(customer, key, by, carries);
    if (typeof grant === 'string') {
      if (by === 'bot' && grant !== 'over') return false;
      throw new ChannelError(NOTHING_LEFT, { retryable: false, callBack: true });
    }
    try {
      await deliver(line, user, msgidOf(key), wire, grant);
      return true;
    } catch (error) {
      const code = error instanceof TencentError ? error.code : undefined;
      if (error instanceof TencentError && isRepeated(error.message)) return true;
      const shut = SHUT.get(code ?? 0);
      if (shut !== undefined || (error instanceof ChannelError && error.message === SESSION_OVER)) {
        sessions.forget(line, user);
        await (code === COUNT_USED ? budgets.spend(customer) : budgets.shut(customer));
        if (code === COUNT_USED && by === 'bot') return false;
      } else if (error instanceof TencentError) {
        await budgets.giveBack(customer, key);
      }
      throw asChannelError(error, shut);
    }
  }

  async function each(line: Line, { key, to, reply }: Outgoing, by: Sender): Promise<void> {
    const customer = customerKey(line, to.user);
    const hold = (part: number): Promise<void> => budgets.hold(customer, key, encode(reply).slice(part).flatMap(wordsOf));
    const waiting = greets(key) ? null : await bring(line, to);
    // What the bot could not say is no reason to keep a person's words back.
    if (waiting !== null && by === 'bot') return hold(0);
    let part = 0;
    for (const wire of encode(reply)) {
      for (const message of await ready(line, wire)) {
        const out = await one(line, to.user, { key: partKey(key, part) }, message, by);
        if (!out) {
          if (!greets(key)) await hold(part);
          return;
        }
        part += 1;
      }
    }
  }

  function bring(line: Line, to: Address): Promise<'waits' | null> {
    const of = { customer: customerKey(line, to.user), to };
    return bringWaiting({ ...deps, limit: LIMITS.textLength }, of, async ({ name, text, carries }) =>
      (await one(line, to.user, { key: name, carries }, textWire(text), 'bot')) ? null : 'waits',
    );
  }

  return {
    async send(outgoing) {
      const { key, to, reply } = outgoing;
      const line = deps.lineOf(to);
      const by = senderOf(reply);
      try {
        await each(line, outgoing, by);
      } catch (error) {
        // Who only opened the chat asked for nothing: a greeting that comes too late is not a person's work.
        if (!(greets(key) && by === 'bot' && error instanceof ChannelError && !error.retryable)) throw error;
        log.info({ account: line.account.account, kfid: line.kfid, reason: error.message }, 'a greeting came too late');
      }
    },
    bring,
  };
}

function asChannelError(error: unknown, shut: string | undefined): unknown {
  if (!(error instanceof TencentError)) return error;
  const reason = shut ?? `企业微信接口拒绝了这条消息（${error.message}）`;
  return new ChannelError(reason, { retryable: isForLater(error), callBack: shut !== undefined, cause: error });
}
