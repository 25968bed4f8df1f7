/**
 * Customers of a personal WeChat account: its gateway tells the desk of what they write, perhaps twice, and never learns whether it was kept, so
 * nothing here counts as acknowledged. Logins end and come again in between, and the gateway itself may die.
 */
import { z } from 'zod';
import { openGateway } from '../support/wechat/gateway';
import type { PlatformEntry } from './journal';
import { pause } from './pause';
import type { Platform, PlatformGiven } from './platform';
import { gotIn, type Shown } from './shown';
import { SLOW_MS } from './weather';

const ACCOUNT = 'gateway';
const SELF = { id: 'desk', name: '小桥' };
/** A person waits so long for an answer before the next word; where an agent has the chat there is none. */
const ANSWER_MS = 600;
/** Share of the words after which the login is over for a moment. */
const LOGOUTS = 0.03;
const AWAY_MS = 300;
const LOOK_MS = 200;

const State = z.object({ accounts: z.array(z.object({ state: z.string() })) });

export async function openWechatCustomers({ route, weather, random, deliveries, onEntry }: PlatformGiven): Promise<Platform> {
  const sent: PlatformEntry[] = [];
  const shown: Shown[] = [];
  const counts = new Map<string, number>();
  const gateway = await openGateway(SELF);
  gateway.onSaid(({ to, text }) => {
    shown.push({ at: Date.now(), user: to, text });
    onEntry();
  });
  gateway.onSend(async () => {
    const mood = weather.mood();
    if (mood === 'slow') await pause(SLOW_MS);
    if (mood === 'fine' || mood === 'slow') return 'says';
    return mood === 'cut' || mood === 'late' ? 'says and fails' : 'fails';
  });

  let dead = false;
  let looking: Promise<void> | null = null;
  /** What is written while nobody is logged in is the platform's to keep and to tell later, or to lose: it is no desk's. */
  function online(): Promise<void> {
    looking ??= look().finally(() => {
      looking = null;
    });
    return looking;
  }
  /** One looks for all: the page of logins answers each address only so often, and then no more for a minute. */
  async function look(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      if (tries > 0) await pause(LOOK_MS);
      const answer = await fetch(`${route()}/channels/wechat/state`)
        .then((response) => response.json())
        .catch(() => null);
      if (!dead && State.safeParse(answer).data?.accounts[0]?.state === 'online') return;
    }
  }

  async function answered(user: string, before: number): Promise<void> {
    const until = Date.now() + ANSWER_MS;
    while (Date.now() < until && shown.filter((one) => one.user === user).length === before) await pause(20);
  }

  return {
    url: JSON.stringify({ account: ACCOUNT, ...gateway.reached }),
    prefix: `wechat:${ACCOUNT}:`,
    async send(user, { text, opens = false }) {
      const n = (counts.get(user) ?? 0) + 1;
      counts.set(user, n);
      const id = `${user}-${n}`;
      do await online();
      while (dead);
      const before = shown.filter((one) => one.user === user).length;
      sent.push({ at: Date.now(), kind: 'sent', user, id, text, opens });
      onEntry();
      gateway.write({ id, from: user, text });
      if (random.chance(deliveries.again ?? 0)) gateway.write({ id, from: user, text });
      await answered(user, before);
      if (!random.chance(LOGOUTS)) return;
      await gateway.logout().catch(() => undefined);
      await pause(AWAY_MS);
      await gateway.login(SELF.id);
    },
    quiet: async () => undefined,
    working: online,
    async dies(ms) {
      dead = true;
      await gateway.kill();
      await pause(ms);
      await gateway.revive();
      dead = false;
    },
    journal: (books) => [...sent, ...gotIn(shown, books, `wechat:${ACCOUNT}:`)].sort((a, b) => a.at - b.at),
    close: gateway.close,
  };
}
