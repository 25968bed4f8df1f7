/** The platform's door: checks and opens what comes, has it stored, and answers within the platform's five seconds or lets it be answered by a call. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from '../../dialogs/vocabulary';
import { rawBodyOf } from '../body';
import type { Budgets } from '../budget';
import type { Accept, Accepted, History, Outgoing, Settle } from '../channel';
import { type Held, pack, textOf } from '../held';
import { type Gateway, type HttpErrorCode, handOut, refuse } from '../http';
import { type Heard, read } from './decode';
import { LIMITS, type Wire } from './encode';
import { echoOf, type Opened, open, seal } from './envelope';
import type { Later } from './later';
import { customerOf, type Ledger, type Who } from './ledger';
import type { Account, Log, Times } from './options';
import { grantOf, hear, knows, leave, respond, type Standing } from './standing';
import { pause, type Turn, type Turns } from './turns';

export type Receiver = Readonly<{ handle: Gateway; open(accept: Accept): void; close(): void; heardAt(account: string): number | null }>;

const ADDRESS = /^\/channels\/wechat-official\/([a-z0-9-]+)\/?(?:\?(.*))?$/;
const BODY_AT_MOST = 256 * 1024;
const STORE_AGAIN_MS = 200;

/** What a response holds: what waited, and the answer if it is in it. */
type Carried = Readonly<{ text: string; waited: Held; answer: boolean }>;

type Why = Extract<Opened, { kind: 'refused' }>['why'];
const refusals: Readonly<Record<Why, readonly [HttpErrorCode, string]>> = {
  unsigned: ['signature-missing', 'Only the platform calls this address; it signs what it sends, encrypted when an aesKey is set.'],
  forged: ['signature-wrong', 'The signature does not fit. Compare token, aesKey and appId with 基本配置 of the platform.'],
  stale: ['timestamp-stale', 'The timestamp is more than 5 minutes off. Set the clock of this server.'],
  malformed: ['message-invalid', 'The body is no message of the platform.'],
};

export function createReceiver(
  deps: Readonly<{
    accounts: ReadonlyMap<string, Account>;
    ledger: Ledger;
    budgets: Budgets;
    turns: Turns;
    later: Later;
    settle: Settle;
    history: History;
    encode: (reply: Reply) => readonly Wire[];
    log: Log;
    now: () => number;
    times: Times;
  }>,
): Receiver {
  const { ledger, turns, log, now, times } = deps;
  const heardAt = new Map<string, number>();
  let accept: Accept | null = null;

  async function take(account: Account, query: URLSearchParams, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrived = now();
    const body = await rawBodyOf(request, BODY_AT_MOST);
    if (!body) return refuse(response, 'body-too-large', 'The body is larger than any message of the platform.');
    const opened = open(account, query, body.toString('utf8'), now());
    if (opened.kind === 'refused') {
      log.warn({ account: account.account, why: opened.why }, 'a request to an official account was refused');
      return refuse(response, ...refusals[opened.why]);
    }
    const heard = read({ account: account.account, receivedAt: now(), fields: opened.fields });
    if (!heard) return refuse(response, ...refusals.malformed);
    heardAt.set(account.account, now());
    if (heard.remark) log.warn({ account: account.account, id: heard.id }, `the platform sent ${heard.remark}`);
    const turn = turns.begin(`${account.account}:${heard.id}`);
    try {
      await deliver(account, heard, turn, response, () => Math.max(0, times.answerWithin - (now() - arrived)));
    } finally {
      turns.end(turn);
    }
  }

  /** Stores the message, however often the store fails, as long as the platform waits. Null when it stayed away. */
  async function stored(account: Account, heard: Heard, turn: Turn, request: string | undefined, left: () => number) {
    const who = { account: account.account, user: heard.user };
    for (;;) {
      try {
        const standing = await listen(who, heard);
        turn.stored ??= keep(account, heard, request);
        return { standing, accepted: await turn.stored };
      } catch (error) {
        turn.stored = null;
        log.warn({ account: account.account, id: heard.id, err: error }, 'a message could not be stored');
        if (left() < STORE_AGAIN_MS || !accept) return null;
        await pause(STORE_AGAIN_MS);
      }
    }
  }

  /** A redelivery opens nothing anew. */
  async function listen(who: Who, { id, opens, leaves }: Heard): Promise<Standing> {
    const customer = customerOf(who);
    if (opens && !knows(await ledger.read(who), id)) await deps.budgets.grant(customer, grantOf(opens, id, now()));
    if (leaves) await deps.budgets.shut(customer);
    return ledger.change(who, (before) => {
      const next = hear(before, { id, at: now(), opens });
      return leaves ? leave(next) : next;
    });
  }

  async function keep({ account }: Account, { inbound, media, user }: Heard, request: string | undefined): Promise<Accepted | null> {
    if (!accept) throw new Error('the channel is stopped');
    if (!inbound) return null;
    const content = media ? await deps.later.contentOf({ account, user, id: inbound.id, at: inbound.at, media }) : inbound.content;
    return accept({ ...inbound, content }, request);
  }

  async function deliver(account: Account, heard: Heard, turn: Turn, response: ServerResponse, left: () => number): Promise<void> {
    const who = { account: account.account, user: heard.user };
    const known = await within(stored(account, heard, turn, response.getHeader('x-request-id')?.toString(), left), left());
    // Without an answer the platform asks again.
    if (!known) return void response.writeHead(503, { connection: 'close' }).end();
    const { standing, accepted } = known;
    if (!accepted) return void (await handOut(response, 'text/plain', 'success'));

    const replies = await deps.settle(accepted, left());
    const isLate = replies.length === 0 && left() === 0;
    const packed = await answerTo(heard.id, turn, standing, replies[0], who);
    const carried = packed?.answer ? (replies[0] ?? null) : null;
    const text = packed?.text;
    const out = await (text === undefined
      ? handOut(response, 'text/plain', 'success')
      : handOut(response, 'text/xml', seal(account, { to: heard.user, from: heard.ours, text }, now())));
    // Whatever speaks next may take along what waited.
    if (!out) return packed && packed.waited.length > 0 ? deps.budgets.putBack(customerOf(who)) : undefined;
    const missed = isLate || (replies.length > 0 && carried === null);
    try {
      if (packed) {
        await deps.budgets.release(customerOf(who), packed.waited);
        await ledger.change(who, (before) => respond(before, heard.id, packed.text, carried));
      }
    } finally {
      // The customer has read it, whether it could be written down or not.
      turn.decide(missed || !packed ? { kind: 'call' } : { kind: 'response', key: carried?.key ?? null });
    }
  }

  /** What the response carries; null when everything must go by calls. */
  async function answerTo(id: string, turn: Turn, standing: Standing, reply: Outgoing | undefined, who: Who): Promise<Carried | null> {
    // Another delivery of it may have been answered since this one came.
    const { passive } = turn.decided?.kind === 'response' ? await ledger.read(who) : standing;
    const before = passive.find((one) => one.id === id);
    // The platform heard nothing of the first: it gets the same again.
    if (before) return { text: before.text, waited: [], answer: before.key !== null };
    if (turn.decided?.kind === 'call' || (reply && (await isBarred(reply, standing, who)))) return null;
    const [first] = reply ? deps.encode(reply.reply) : [];
    if (first && first.kind !== 'text') return null;
    const fitting = (held: Held): number => pack(held, undefined, LIMITS.textLength)?.held ?? 0;
    const { held, isLast } = await deps.budgets.bundle(customerOf(who), fitting, id);
    const packed = isLast || held.length === 0 ? pack(held, first?.text, LIMITS.textLength) : { text: textOf(held), answer: false };
    return packed && { text: packed.text, waited: held, answer: packed.answer };
  }

  /** A reply that a call carried already, or that would overtake one which is not through yet. */
  async function isBarred({ seq, to }: Outgoing, known: Standing, who: Who): Promise<boolean> {
    // The line before a reply is the customer's; most often the last reply stands right before that.
    if (known.lastSeq === seq - 2) return false;
    const { lastSeq } = await ledger.read(who);
    if (seq <= lastSeq) return true;
    return (await deps.history(to, lastSeq)).some((line) => line.reply !== undefined && line.seq < seq);
  }

  const handle: Gateway = (request, response) => {
    const [, name = '', search] = ADDRESS.exec(request.url ?? '') ?? [];
    if (name === '') return null;
    return answer(name, new URLSearchParams(search), request, response);
  };

  async function answer(name: string, query: URLSearchParams, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const account = deps.accounts.get(name);
    if (!account) return refuse(response, 'account-unknown', 'No such official account. Add it to WECHAT_OFFICIAL_ACCOUNTS.');
    if (request.method === 'POST') {
      if (!accept) return refuse(response, 'starting', 'The desk is starting or stopping. Send the same message again in a moment.');
      return take(account, query, request, response);
    }
    const echo = request.method === 'GET' ? echoOf(account, query, now()) : null;
    if (echo === null) return refuse(response, ...refusals.forged);
    await handOut(response, 'text/plain', echo);
  }

  return {
    handle,
    open(given) {
      accept = given;
    },
    close() {
      accept = null;
    },
    heardAt: (account) => heardAt.get(account) ?? null,
  };
}

function within<T>(promise: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
