/** Customers in Teams: activities are posted until they are acknowledged, and what the desk says comes to the service URL, in any mood. */
import type { TeamsAccount } from '../../adapters/teams/options';
import { message, personal } from '../support/teams/activities';
import { type Mood as Answer, openTeamsPlatform } from '../support/teams/platform';
import type { PlatformEntry } from './journal';
import { pause } from './pause';
import type { Platform, PlatformGiven } from './platform';
import { gotIn } from './shown';
import { LATE_MS, type Mood, SLOW_MS } from './weather';

/** As in a developer's own environment: what proves who speaks is tested elsewhere. */
export const TEAMS: TeamsAccount = { account: 'gateway', type: 'SingleTenant', development: true };
/** What the platform waits for an answer before it sends again. */
const PATIENCE_MS = 2_000;
const ANSWERS: Readonly<Record<Mood, Answer>> = {
  fine: 'fine',
  down: 'cut',
  broken: { status: 502 },
  limited: { status: 429 },
  slow: { afterMs: SLOW_MS },
  late: { afterMs: LATE_MS },
  cut: 'lost',
};
const chatOf = (user: string): string => `a:${user}`;

export async function openTeamsCustomers({ route, weather, random, deliveries, onEntry }: PlatformGiven): Promise<Platform> {
  const said: PlatformEntry[] = [];
  const counts = new Map<string, number>();
  const copies = new Set<Promise<unknown>>();
  const platform = await openTeamsPlatform();
  platform.behave(({ type }) => {
    onEntry();
    // A sign of writing is no reply: nobody misses it.
    return type === 'message' ? ANSWERS[weather.mood()] : 'fine';
  });
  const write = (entry: PlatformEntry): void => {
    said.push(entry);
    onEntry();
  };

  async function post(body: string): Promise<boolean> {
    try {
      const headers = { 'content-type': 'application/json' };
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const response = await fetch(`${route()}/channels/teams/${TEAMS.account}`, { method: 'POST', headers, body, signal });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false; // nobody there, or killed on the way
    }
  }

  async function deliver(body: string): Promise<number> {
    for (let tries = 1; ; tries += 1) {
      if (await post(body)) return tries;
      await pause(Math.min(200, 10 * tries));
    }
  }

  return {
    url: platform.url,
    prefix: `teams:${TEAMS.account}:`,
    async send(user, { text, opens = false }) {
      const n = (counts.get(user) ?? 0) + 1;
      counts.set(user, n);
      const number = `${user}-${n}`;
      // The log escapes what separates its own names.
      const id = `msteams|a%3a${user}|${number}`;
      const activity = { serviceUrl: platform.url, ...personal(user), ...message(number, text), timestamp: new Date().toISOString() };
      const body = JSON.stringify(activity);
      if (deliveries.holdUpMs) await pause(random.below(deliveries.holdUpMs));
      write({ at: Date.now(), kind: 'sent', user, id, text, opens });
      if (random.chance(deliveries.again ?? 0)) {
        const copy = pause(random.below(deliveries.holdUpMs ?? 60)).then(() => deliver(body));
        copies.add(copy);
        void copy.finally(() => copies.delete(copy));
      }
      const tries = await deliver(body);
      write({ at: Date.now(), kind: 'acked', user, id, tries });
    },
    async quiet() {
      await Promise.all(copies);
    },
    journal(books) {
      const messages = platform.got.filter(({ activity }) => activity.type === 'message');
      const shown = messages.map(({ at, conversation, activity }) => ({
        at,
        user: conversation.slice(chatOf('').length),
        // Whose words they are stands before them.
        text: (activity.text ?? '').replace(/^[^：]{1,8}：(?=\d{8}-)/, ''),
      }));
      return [...said, ...gotIn(shown, books, `teams:${TEAMS.account}:29%3a`)].sort((a, b) => a.at - b.at);
    },
    close: platform.close,
  };
}
