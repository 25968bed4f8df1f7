/** Customers of an official account: the platform of WeChat in place of the gateway. Phones show words without keys, so the books tell which reply each was. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { ApiAnswer } from '../support/wechat-official/api';
import { configured, openOfficialPlatform, school } from '../support/wechat-official/platform';
import type { PlatformEntry } from './journal';
import { pause } from './pause';
import type { Platform, PlatformGiven } from './platform';
import { gotIn } from './shown';
import { LATE_MS, type Mood, SLOW_MS } from './weather';

/** What the platform waits for an answer before it sends again; it never gives up here, so that no message is lost on its side. */
const PATIENCE_MS = 2_000;

/** The account as the desk is told of it. */
export const officialAccount = (url: string) => configured({ ...school, account: 'gateway' }, url);

export async function openOfficial(given: PlatformGiven): Promise<Platform> {
  const { random, deliveries, weather } = given;
  const said: PlatformEntry[] = [];
  const counts = new Map<string, number>();
  const numbers = new Map<string, number>();
  const platform = await openOfficialPlatform({
    accounts: [{ ...school, account: 'gateway' }],
    route: given.route,
    patienceMs: PATIENCE_MS,
    tries: 1,
    onShown: given.onEntry,
    weather: (response, take, give) => inMood(weather.mood(), response, take, give),
  });
  const write = (entry: PlatformEntry): void => {
    said.push(entry);
    given.onEntry();
  };

  async function deliver(user: string, text: string, id: string): Promise<number> {
    for (let tries = 1; ; tries += 1) {
      if ((await platform.say('gateway', user, text, id)).acknowledged) return tries;
      await pause(Math.min(200, 10 * tries));
    }
  }

  return {
    url: platform.url,
    prefix: 'wechat-official:gateway:',
    counts: true,
    async send(user, { text, opens = false }) {
      const n = (counts.get(user) ?? 0) + 1;
      counts.set(user, n);
      if (!numbers.has(user)) numbers.set(user, numbers.size + 1);
      // Short, since the log covers what could be a telephone number and the judge reads ids there.
      const id = String((numbers.get(user) ?? 0) * 1_000 + n);
      if (deliveries.holdUpMs) await pause(random.below(deliveries.holdUpMs));
      write({ at: Date.now(), kind: 'sent', user, id, text, opens });
      const tries = await deliver(user, text, id);
      write({ at: Date.now(), kind: 'acked', user, id, tries });
    },
    // What it was answered the platform delivers to nobody again.
    quiet: async () => undefined,
    journal: (books) => [...said, ...gotIn(platform.shown, books, 'wechat-official:gateway:')].sort((a, b) => a.at - b.at),
    close: platform.close,
  };
}

async function inMood(
  mood: Mood,
  response: ServerResponse,
  take: () => Promise<ApiAnswer>,
  give: (answer: ApiAnswer) => void,
): Promise<void> {
  if (mood === 'down') return void response.destroy();
  if (mood === 'broken' || mood === 'limited') return void response.writeHead(mood === 'broken' ? 500 : 429).end();
  const answer = await take();
  if (mood === 'cut') return void response.destroy();
  const wait = { slow: SLOW_MS, late: LATE_MS }[mood as 'slow' | 'late'];
  if (wait !== undefined) await Promise.race([pause(wait), once(response, 'close')]);
  give(answer);
}
