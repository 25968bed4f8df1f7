/** What a platform still lets us send to a customer who was quiet: so many messages for so long, counted in the notebook for all processes. */
import { z } from 'zod';
import type { Reply } from '../dialogs/vocabulary';
import { type Budget, ChannelError } from './channel';
import { Held, withHeld } from './held';
import { amend, type Notebook } from './notebook';

/**
 * `left` messages until `until` (ms). A customer's next act of the same `kind` begins it anew; `act` is the platform's id of the act, where
 * its times are too coarse to tell two apart. `code`: a ticket that must be sent along.
 */
const Grant = z.object({ kind: z.string(), left: z.number(), until: z.number(), act: z.string().optional(), code: z.string().optional() });
export type Grant = Readonly<z.infer<typeof Grant>>;
/** `carries`: the replies that went out in one message, when they are not the one the key belongs to. */
const Sent = z.object({ key: z.string(), kind: z.string(), at: z.number(), carries: z.array(z.string()).optional() });
export type Sent = Readonly<z.infer<typeof Sent>>;
/** So many of what is held, the oldest, are on their way in one message, sent by whom and since when. */
const Bundle = z.object({ count: z.number(), by: z.string(), at: z.number() });
/** `sent`: what was counted, the newest last, so that the same message tried again is counted once and can be found by its key. */
const Account = z.object({
  grants: z.array(Grant),
  sent: z.array(Sent),
  held: Held.default([]),
  bundle: Bundle.nullable().catch(null).default(null),
});
type Account = z.infer<typeof Account>;

const KEYS_KEPT = 20;
/** The bot leaves so many to people. */
const KEPT_FOR_PEOPLE = 1;
/** Longer than any send takes: whoever had a bundle on its way for so long is dead. */
const ON_ITS_WAY_MS = 30_000;

export type Sender = 'bot' | 'person';
export const senderOf = (reply: Reply): Sender => ('from' in reply && reply.from !== undefined ? 'person' : 'bot');
/** Why nothing may be sent: the last one is a person's, all are used until the customer writes, or the time is over. */
export type Refused = 'kept' | 'spent' | 'over';
export type Budgets = Readonly<{
  /** The customer did something that lets us speak. One that stands as long already is the same act, heard again. To what waited for it. */
  grant(customer: string, grant: Grant): Promise<Held>;
  /** Counts one message before it is sent and says which grant carries it, or why none does. The same key again is counted once. */
  take(customer: string, key: string, by: Sender, carries?: readonly string[]): Promise<Grant | Refused>;
  /** The bot's words wait for the customer's next act; the same key again waits once. Throws ChannelError when nothing more can wait. */
  hold(customer: string, key: string, texts: readonly string[]): Promise<void>;
  /**
   * What of all that waits goes out next in one message: so many, the oldest, as `fitting` says. Asked again it is the same until it is released, so that
   * a message tried again after a crash says the same under the same name. Nothing while somebody else has it on its way. `isLast`: nothing waits behind it.
   */
  bundle(customer: string, fitting: (held: Held) => number, by?: string): Promise<Readonly<{ held: Held; isLast: boolean }>>;
  /** Nothing of it was sent: the next bundle may be another. */
  putBack(customer: string): Promise<void>;
  /** This bundle is out; said once more it changes nothing. */
  release(customer: string, bundle: Held): Promise<void>;
  /** It was not sent after all. */
  giveBack(customer: string, key: string): Promise<void>;
  /** The platform says that nothing more may be sent; with `kind`, on grants of this kind. */
  shut(customer: string, kind?: string): Promise<void>;
  /** The platform says that all are used, for as long as they would have stood. */
  spend(customer: string): Promise<void>;
  /** What remains; null when nothing may be sent. */
  left(customer: string): Promise<Budget | null>;
  /** The last messages counted, the newest last. */
  sent(customer: string): Promise<readonly Sent[]>;
}>;

/** What the people at the desk read, who act on it. */
export const NOTHING_LEFT = '平台限额已用完，客户再次发来消息后才能发送；急事请打电话';
const TOO_MUCH_WAITS = '等客户来信再发的话已经太多，这一条没有再等，请致电客户';

const isSameOrLater = (held: Grant, heard: Grant): boolean =>
  held.until > heard.until || (held.until === heard.until && held.act === heard.act);

const isSame = (held: Held[number] | undefined, key: string, text: string): boolean => held?.key === key && held.text === text;

/** `customer` names one person on one account within `notebook`. */
export function createBudgets(notebook: Notebook, now: () => number = Date.now): Budgets {
  const noteOf = (customer: string): string => `budget:${customer}`;
  const read = (value: unknown): Account => {
    const parsed = Account.safeParse(value);
    return parsed.success ? parsed.data : { grants: [], sent: [], held: [], bundle: null };
  };
  const change = (customer: string, apply: (account: Account) => Account) =>
    amend(notebook, noteOf(customer), (value) => apply(read(value)));
  const account = async (customer: string): Promise<Account> => read((await notebook.read(noteOf(customer)))?.value);
  const standing = (grants: readonly Grant[]): Grant[] =>
    grants.filter(({ left, until }) => left > 0 && until > now()).sort((a, b) => a.until - b.until);
  const total = (grants: readonly Grant[]): number => grants.reduce((sum, { left }) => sum + left, 0);

  return {
    async grant(customer, grant) {
      const { held } = await change(customer, ({ grants, ...rest }) => {
        const others = grants.filter(({ kind, until }) => kind !== grant.kind && until > now());
        const same = grants.find(({ kind }) => kind === grant.kind);
        return { ...rest, grants: [...others, same && isSameOrLater(same, grant) ? same : grant] };
      });
      return held;
    },
    async take(customer, key, by, carries) {
      let taken: Grant | Refused = 'over';
      await change(customer, (before) => {
        const again = before.sent.find((one) => one.key === key);
        const open = standing(before.grants);
        const counted = again && before.grants.find(({ kind, until }) => kind === again.kind && until > now());
        if (counted) {
          taken = counted;
          return before;
        }
        const [first] = open;
        if (!first || (by === 'bot' && first.code === undefined && total(open) <= KEPT_FOR_PEOPLE)) {
          const refused = before.grants.some(({ until }) => until > now()) ? 'spent' : 'over';
          taken = first ? 'kept' : refused;
          return before;
        }
        taken = first;
        return {
          ...before,
          grants: before.grants.map((one) => (one.kind === first.kind ? { ...one, left: one.left - 1 } : one)),
          sent: [
            ...before.sent.filter((one) => one.key !== key),
            { key, kind: first.kind, at: now(), ...(carries && { carries: [...carries] }) },
          ].slice(-KEYS_KEPT),
        };
      });
      return taken;
    },
    async hold(customer, key, texts) {
      await change(customer, (before) => {
        const held = withHeld(before.held, key, texts);
        if (held === null) throw new ChannelError(TOO_MUCH_WAITS, { retryable: false, callBack: true });
        return { ...before, held };
      });
    },
    async bundle(customer, fitting, by = '') {
      // Nothing waits nearly always, and then nothing need be written.
      if ((await account(customer)).held.length === 0) return { held: [], isLast: true };
      const { held, bundle } = await change(customer, (before) => {
        const stands = before.bundle !== null && (before.bundle.by === by || now() - before.bundle.at < ON_ITS_WAY_MS);
        if (stands) return before;
        const count = fitting(before.held);
        return { ...before, bundle: count > 0 ? { count, by, at: now() } : null };
      });
      const count = bundle?.by === by ? bundle.count : 0;
      return { held: held.slice(0, count), isLast: held.length === count };
    },
    async putBack(customer) {
      await change(customer, (before) => ({ ...before, bundle: null }));
    },
    async release(customer, bundle) {
      await change(customer, (before) => {
        const isOut = before.bundle?.count === bundle.length && bundle.every(({ key, text }, n) => isSame(before.held[n], key, text));
        return isOut ? { ...before, held: before.held.slice(bundle.length), bundle: null } : before;
      });
    },
    async giveBack(customer, key) {
      await change(customer, ({ grants, sent, ...rest }) => {
        const of = sent.find((one) => one.key === key);
        return {
          ...rest,
          grants: grants.map((one) => (one.kind === of?.kind ? { ...one, left: one.left + 1 } : one)),
          sent: sent.filter((one) => one.key !== key),
        };
      });
    },
    async shut(customer, kind) {
      await change(customer, ({ grants, ...rest }) => ({
        ...rest,
        grants: kind === undefined ? [] : grants.filter((one) => one.kind !== kind),
      }));
    },
    async spend(customer) {
      await change(customer, ({ grants, ...rest }) => ({ ...rest, grants: grants.map((one) => ({ ...one, left: 0 })) }));
    },
    async left(customer) {
      const open = standing((await account(customer)).grants);
      const last = open.at(-1);
      return last ? { left: total(open), until: last.until } : null;
    },
    sent: async (customer) => (await account(customer)).sent,
  };
}
