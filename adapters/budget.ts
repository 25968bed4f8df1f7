/** What a platform still lets us send to a customer who was quiet: so many messages for so long, counted in the notebook for all processes. */
import { z } from 'zod';
import { type Budget, ChannelError } from './channel';
import { amend, type Notebook } from './notebook';

/**
 * `left` messages until `until` (ms). A customer's next act of the same `kind` begins it anew; `act` is the platform's id of the act, where
 * its times are too coarse to tell two apart. `code`: a ticket that must be sent along.
 */
const Grant = z.object({ kind: z.string(), left: z.number(), until: z.number(), act: z.string().optional(), code: z.string().optional() });
export type Grant = Readonly<z.infer<typeof Grant>>;
/** `sent`: what was counted, the newest last, so that the same message tried again is counted once and can be found by its key. */
const Account = z.object({ grants: z.array(Grant), sent: z.array(z.object({ key: z.string(), kind: z.string(), at: z.number() })) });
type Account = z.infer<typeof Account>;

const KEYS_KEPT = 20;
/** The bot leaves so many to people. */
const KEPT_FOR_PEOPLE = 1;

export type Sender = 'bot' | 'person';
export type Budgets = Readonly<{
  /** The customer did something that lets us speak. One that stands as long already is the same act, heard again. */
  grant(customer: string, grant: Grant): Promise<void>;
  /**
   * Counts one message before it is sent and says which grant carries it. The same key again is counted once. Throws ChannelError, not
   * retryable and calling for the telephone, when nothing may be sent, or nothing but an agent's words.
   */
  take(customer: string, key: string, by: Sender): Promise<Grant>;
  /** It was not sent after all. */
  giveBack(customer: string, key: string): Promise<void>;
  /** The platform says that nothing more may be sent; with `kind`, on grants of this kind. */
  shut(customer: string, kind?: string): Promise<void>;
  /** What remains; null when nothing may be sent. */
  left(customer: string): Promise<Budget | null>;
  /** The keys of the last messages counted, the newest last. */
  sent(customer: string): Promise<readonly string[]>;
}>;

/** What the customer is told to the people at the desk, who act on it. */
export const NOTHING_LEFT = '平台限额已用完，客户再次发来消息后才能发送；急事请打电话';
export const KEPT = '平台限额只剩最后一条，留给人工回复';

const isSameOrLater = (held: Grant, heard: Grant): boolean =>
  held.until > heard.until || (held.until === heard.until && held.act === heard.act);

/** `customer` names one person on one account within `notebook`. */
export function createBudgets(notebook: Notebook, now: () => number = Date.now): Budgets {
  const noteOf = (customer: string): string => `budget:${customer}`;
  const read = (value: unknown): Account => {
    const parsed = Account.safeParse(value);
    return parsed.success ? parsed.data : { grants: [], sent: [] };
  };
  const change = (customer: string, apply: (account: Account) => Account) =>
    amend(notebook, noteOf(customer), (value) => apply(read(value)));
  const account = async (customer: string): Promise<Account> => read((await notebook.read(noteOf(customer)))?.value);
  const standing = (grants: readonly Grant[]): Grant[] =>
    grants.filter(({ left, until }) => left > 0 && until > now()).sort((a, b) => a.until - b.until);
  const total = (grants: readonly Grant[]): number => grants.reduce((sum, { left }) => sum + left, 0);

  return {
    async grant(customer, grant) {
      await change(customer, ({ grants, sent }) => {
        const others = grants.filter(({ kind, until }) => kind !== grant.kind && until > now());
        const same = grants.find(({ kind }) => kind === grant.kind);
        return { grants: [...others, same && isSameOrLater(same, grant) ? same : grant], sent };
      });
    },
    async take(customer, key, by) {
      const taken: { grant?: Grant; refused?: string } = {};
      await change(customer, (before) => {
        delete taken.refused;
        const again = before.sent.find((one) => one.key === key);
        const open = standing(before.grants);
        const counted = again && before.grants.find(({ kind, until }) => kind === again.kind && until > now());
        if (counted) {
          taken.grant = counted;
          return before;
        }
        const [first] = open;
        if (!first || (by === 'bot' && first.code === undefined && total(open) <= KEPT_FOR_PEOPLE)) {
          taken.refused = first ? KEPT : NOTHING_LEFT;
          return before;
        }
        taken.grant = first;
        return {
          grants: before.grants.map((one) => (one.kind === first.kind ? { ...one, left: one.left - 1 } : one)),
          sent: [...before.sent.filter((one) => one.key !== key), { key, kind: first.kind, at: now() }].slice(-KEYS_KEPT),
        };
      });
      if (taken.refused === undefined && taken.grant) return taken.grant;
      throw new ChannelError(taken.refused ?? NOTHING_LEFT, { retryable: false, callBack: true });
    },
    async giveBack(customer, key) {
      await change(customer, ({ grants, sent }) => {
        const of = sent.find((one) => one.key === key);
        return {
          grants: grants.map((one) => (one.kind === of?.kind ? { ...one, left: one.left + 1 } : one)),
          sent: sent.filter((one) => one.key !== key),
        };
      });
    },
    async shut(customer, kind) {
      await change(customer, ({ grants, sent }) => ({
        grants: kind === undefined ? [] : grants.filter((one) => one.kind !== kind),
        sent,
      }));
    },
    async left(customer) {
      const open = standing((await account(customer)).grants);
      const last = open.at(-1);
      return last ? { left: total(open), until: last.until } : null;
    },
    sent: async (customer) => (await account(customer)).sent.map(({ key }) => key),
  };
}
