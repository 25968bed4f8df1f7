/** Sends a reply by the customer-service interface, as far as the platform's count goes; what it does not let through waits, becomes a template message, or a call for an agent. */
import type { Address, Reply } from '../../dialogs/vocabulary';
import { bringWaiting } from '../bring';
import { type Budgets, type Sender, senderOf } from '../budget';
import { ChannelError, type Outgoing, type Tell } from '../channel';
import type { Files } from '../files';
import { TencentError } from '../tencentApi';
import { LIMITS, type Wire } from './encode';
import { customerOf, type Ledger } from './ledger';
import { hintOf, isForLater, type Line } from './line';
import { uploadPicture } from './media';
import type { Template, Times } from './options';
import { ended, leave, passed, type Standing } from './standing';
import { pause, type Turns } from './turns';

const LOOK_EVERY_MS = 100;
/** Customers are invited by template once a day at most. */
const INVITE_EVERY_MS = 24 * 60 * 60_000;
type Limit = 'gone' | 'over' | 'usedUp';
/** `waits`: what the bot has to say can wait for the customer's next word. */
type Kept = Limit | 'waits';
/** What agents read when nothing more can be sent. */
const words: Readonly<Record<Limit, string>> = {
  gone: '客户已取消关注公众号，请致电客户',
  over: '48 小时窗口已过，请致电客户',
  usedUp: '这位客户的发送条数已用完，请致电客户，或等客户来信后再发',
};
const NO_FILE_WAITS = '文件不能等客户来信，链接只有一天有效，请在客户来信后再发一次';
/** The platform's own count is right, whatever was counted here. */
const limits: Readonly<Record<number, Limit>> = { 45015: 'over', 45047: 'usedUp', 43004: 'gone', 40003: 'gone' };

export function createSender(
  deps: Readonly<{
    lines: ReadonlyMap<string, Line>;
    ledger: Ledger;
    budgets: Budgets;
    turns: Turns;
    encode: (reply: Reply) => readonly Wire[];
    files: Pick<Files, 'read'>;
    now: () => number;
    times: Times;
    timeText: (at: number) => string;
    tell: Tell;
    /** What the operator must mend about an account, null once it goes again; undefined says nothing about it. */
    troubled: (account: string, trouble: string | null | undefined) => void;
  }>,
): (outgoing: Outgoing) => Promise<void> {
  const { ledger, budgets, now, times } = deps;
  /** A try the shell gave up on may still be under way; the next one joins it. */
  const underWay = new Map<string, Promise<void>>();

  /** The standing once it is known that no response carries this reply; null when one did, all of it. */
  async function toCall(to: Address, key: string, count: number): Promise<Readonly<{ standing: Standing; from: number }> | null> {
    const id = messageOf(key);
    const way = await deps.turns.wayOf(`${to.account}:${id}`);
    if (way?.kind === 'response' && way.key === key && count === 1) return null;
    let standing = await ledger.read(to);
    // Another process answers the platform, or the life before this one was about to.
    while (way === null && isUnderWay(standing, id)) {
      await pause(LOOK_EVERY_MS);
      standing = await ledger.read(to);
    }
    deps.turns.call(`${to.account}:${id}`);
    const responded = standing.passive.some((one) => one.key === key) ? 1 : 0;
    const from = Math.max(responded, standing.progress?.key === key ? standing.progress.parts : 0);
    return from >= count ? null : { standing, from };
  }

  const isUnderWay = ({ heard, passive }: Standing, id: string): boolean =>
    !passive.some((one) => one.id === id) && heard.some((one) => one.id === id && now() - one.at < times.retryWithin);

  /** Says what keeps one message back, or null when it went. Throws ChannelError. */
  async function call(line: Line, to: Address, wire: Wire): Promise<Limit | null> {
    try {
      const bytes = wire.kind === 'image' ? await deps.files.read(wire.attachment) : null;
      const message =
        wire.kind === 'image' && bytes
          ? { msgtype: 'image', image: { media_id: await uploadPicture(line, wire.attachment, bytes) } }
          : { msgtype: 'text', text: { content: wire.text } };
      await line.api.post('/cgi-bin/message/custom/send', { touser: to.user, ...message });
      return null;
    } catch (error) {
      if (!(error instanceof TencentError)) throw error;
      const limit = limits[error.code];
      if (limit) return limit;
      throw new ChannelError(`公众号接口拒绝了这条消息（${error.message}）`, { retryable: isForLater(error), cause: error });
    }
  }

  /** The same, as far as what is counted here lets it through. */
  async function counted(line: Line, to: Address, name: string, wire: Wire, by: Sender): Promise<Kept | null> {
    const customer = customerOf(to);
    const taken = await budgets.take(customer, name, by);
    if (taken === 'over') return 'over';
    if (typeof taken === 'string') return by === 'bot' ? 'waits' : 'usedUp';
    try {
      return await call(line, to, wire);
    } catch (error) {
      // Refused, it was not sent; without an answer it may have been.
      if (error instanceof ChannelError && error.cause instanceof TencentError) await budgets.giveBack(customer, name);
      throw error;
    }
  }

  /** What the platform does not let through any more: by template and with the next message, else an agent calls. */
  async function otherwise({ account, api }: Line, { to, key, reply }: Outgoing, rest: readonly Wire[], why: Limit): Promise<void> {
    const standing = await ledger.read(to);
    if (!account.template || why === 'gone') throw new ChannelError(words[why], { retryable: false, callBack: true });
    if (reply.kind === 'file') throw new ChannelError(`${words[why]}（${NO_FILE_WAITS}）`, { retryable: false, callBack: true });
    const invited = standing.invitedAt !== null && now() - standing.invitedAt < INVITE_EVERY_MS;
    if (!invited) {
      try {
        await api.post('/cgi-bin/message/template/send', invitation(to, account.template, rest[0]?.text ?? ''));
      } catch (error) {
        if (!(error instanceof TencentError)) throw error;
        if (isForLater(error)) throw new ChannelError(`模板消息未能发出（${error.message}）`, { retryable: true, cause: error });
        throw new ChannelError(`${words[why]}（模板消息被拒绝：${error.code}）`, { retryable: false, callBack: true, cause: error });
      }
      await ledger.change(to, (before) => ({ ...before, invitedAt: now() }));
    }
    await budgets.hold(customerOf(to), key, textsOf(rest));
  }

  const invitation = (to: Address, template: Template, text: string): object => ({
    touser: to.user,
    template_id: template.id,
    ...(template.url !== undefined && { url: template.url }),
    data: Object.fromEntries(
      Object.entries(template.fields).map(([name, pattern]) => [name, { value: filled(name, pattern, text, deps.timeText(now())) }]),
    ),
  });

  async function each(line: Line, outgoing: Outgoing): Promise<void> {
    const { key, to, reply, seq } = outgoing;
    const by = senderOf(reply);
    const wires = deps.encode(reply);
    const begun = await toCall(to, key, wires.length);
    if (!begun) return;
    const one = wayTo(line, to, begun.standing);
    const waiting = await bringWaiting({ ...deps, limit: LIMITS.textLength }, { customer: customerOf(to), to, by: key }, ({ name, text }) =>
      one(name, { kind: 'text', text }, 'bot'),
    );
    for (const [n, wire] of wires.entries()) {
      if (n < begun.from) continue;
      // What the bot could not say is no reason to keep a person's words back.
      const kept = (by === 'bot' ? waiting : null) ?? (await one(`${key}/${n}`, wire, by));
      if (kept !== null) {
        await keptBack(line, outgoing, wires.slice(n), kept);
        break;
      }
      await ledger.change(to, (before) => passed(before, key, n + 1));
    }
    await ledger.change(to, (before) => ended(before, seq));
  }

  /** How one message goes to this customer. Whoever was never heard here may have been heard by another program: the platform knows. */
  function wayTo(line: Line, to: Address, { gone, heard }: Standing) {
    return async (name: string, wire: Wire, by: Sender): Promise<Kept | null> => {
      if (heard.length === 0) return call(line, to, wire);
      return gone ? 'gone' : counted(line, to, name, wire, by);
    };
  }

  async function keptBack(line: Line, outgoing: Outgoing, rest: readonly Wire[], why: Kept): Promise<void> {
    const { key, to, reply } = outgoing;
    const customer = customerOf(to);
    if (why === 'waits') return budgets.hold(customer, key, textsOf(rest));
    await (why === 'usedUp' ? budgets.spend(customer) : budgets.shut(customer));
    if (why === 'gone') await ledger.change(to, leave);
    if (why === 'usedUp' && senderOf(reply) === 'bot') return budgets.hold(customer, key, textsOf(rest));
    await otherwise(line, outgoing, rest, why);
  }

  async function attempt(outgoing: Outgoing): Promise<void> {
    const { to } = outgoing;
    const line = deps.lines.get(to.account);
    if (!line) throw new ChannelError(`no official account is called ${to.account} any more`, { retryable: false });
    try {
      await each(line, outgoing);
      deps.troubled(to.account, null);
    } catch (error) {
      deps.troubled(to.account, hintOf(error instanceof ChannelError ? error.cause : error) ?? undefined);
      const again = error instanceof ChannelError && error.retryable;
      if (!again) await ledger.change(to, (before) => ended(before, outgoing.seq));
      throw error;
    }
  }

  return (outgoing) => {
    const { key } = outgoing;
    const sending = underWay.get(key) ?? attempt(outgoing).finally(() => underWay.delete(key));
    underWay.set(key, sending);
    return sending;
  };
}

const textsOf = (wires: readonly Wire[]): readonly string[] => wires.map(({ text }) => text);

/** The last part of `<channel>:<account>:<message>:<n>`, without the number of the effect. */
function messageOf(key: string): string {
  const event = key.replace(/:\d+$/, '');
  return event.slice(event.lastIndexOf(':') + 1);
}

/** Fields called thing… take 20 characters. */
function filled(name: string, pattern: string, text: string, time: string): string {
  const value = pattern.replaceAll('{time}', time).replaceAll('{text}', text.replace(/\s+/g, ' '));
  const most = name.startsWith('thing') ? 20 : 200;
  const signs = [...value];
  return signs.length > most ? `${signs.slice(0, most - 1).join('')}…` : value;
}
