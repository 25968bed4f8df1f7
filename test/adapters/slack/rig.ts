/** The desk in Slack in a running house, with a workspace on the other side. */
import { createSlackDesk, type SlackDesk } from '../../../adapters/slack';
import { ACTIONS } from '../../../adapters/slack/ids';
import type { SlackOptions } from '../../../adapters/slack/options';
import type { DeskRig, Outage, Who } from '../../support/deskContract';
import { type DeskHouse, openDeskHouse } from '../../support/deskHouse';
import { clickPayload, type Sending, sendEvent, sendInteraction } from '../../support/slack/requests';
import { BOT_TOKEN, type Fault, type Message, openWorkspace, type Workspace } from '../../support/slack/workspace';

export const SECRET = 'the signing secret';
const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

const PEOPLE = {
  li: 'li@desk.example',
  zhao: 'zhao@desk.example',
  sun: 'sun@desk.example',
  stranger: 'guest@elsewhere.example',
} as const;
export type Person = keyof typeof PEOPLE;

const SILENT_MS = 1_500;
const faults: Readonly<Record<Outage, Fault>> = {
  refuses: { status: 503 },
  'is silent': { silentMs: SILENT_MS + 500 },
  'wants quiet': { status: 429, headers: { 'retry-after': '1' } },
  'is not heard': { status: 500, taken: true },
};

export type Card = Message & Readonly<{ channel: string }>;
export type SlackRig = DeskRig &
  Readonly<{
    slack: Workspace;
    desk: SlackDesk;
    userOf(who: Person): string;
    /** The card of a ticket that was put up last. */
    card(number: string): Promise<Card>;
    thread(number: string): Promise<readonly Message[]>;
    /** Presses a button of a ticket's card; resolves to the status of the answer. */
    press(
      who: Person,
      number: string,
      action: string,
      id: string,
      more?: Readonly<{ value?: string; sending?: Partial<Sending> }>,
    ): Promise<number>;
    /** Writes into a ticket's thread; resolves to the time stamp once Slack has told the desk. */
    say(who: Person, number: string, text: string): Promise<string>;
    /** Tells the desk of something as Slack does; resolves to the status of the answer. */
    event(event: object, sending?: Partial<Sending>): Promise<number>;
    /** Nothing can be stored until it is called with false. */
    storeAway(away: boolean): void;
  }>;

export async function openSlackRig(
  more: Partial<SlackOptions> = {},
  { channels = {}, callback }: Readonly<{ channels?: Readonly<Record<string, keyof Workspace['channel']>>; callback?: string }> = {},
): Promise<SlackRig> {
  const slack = await openWorkspace(PEOPLE);
  const desk = createSlackDesk({
    botToken: BOT_TOKEN,
    signingSecret: SECRET,
    apiUrl: slack.api,
    channel: slack.channel.service,
    channels: Object.fromEntries(Object.entries(channels).map(([department, name]) => [department, slack.channel[name]])),
    supervisors: slack.channel.supervisors,
    log,
    pace: { burst: 1, everyMs: 0 },
    timeoutMs: SILENT_MS,
    ...more,
  });
  let storeAway = false;
  const start: typeof desk.desk.start = (office) =>
    desk.desk.start({
      ...office,
      take: async (event, request) => {
        if (storeAway) throw new Error('the store is away');
        return office.take(event, request);
      },
    });
  const house: DeskHouse = await openDeskHouse([{ ...desk, desk: { ...desk.desk, start } }], callback);
  const written = new Map<string, string>();
  const clicks = new Map<string, string>();
  const userOf = (who: Person): string => slack.user[who] ?? '';
  const sendingOf = (sending: Partial<Sending> = {}): Sending => ({ url: house.url, secret: SECRET, ...sending });

  async function cardsOf(number: string): Promise<readonly Card[]> {
    const all = await Promise.all(
      Object.values(slack.channel).map(async (channel) => (await slack.messages(channel)).map((message) => ({ ...message, channel }))),
    );
    return all
      .flat()
      .filter(({ metadata }) => metadata?.event_payload.ticket === number && metadata.event_payload.key?.startsWith('card '));
  }
  async function card(number: string): Promise<Card> {
    const last = (await cardsOf(number)).toSorted((a, b) => Number(a.ts) - Number(b.ts)).at(-1);
    if (!last) throw new Error(`${number} is not put up`);
    return last;
  }
  async function thread(number: string): Promise<readonly Message[]> {
    const { channel, ts } = await card(number);
    return slack.thread(channel, ts);
  }

  const rig: SlackRig = {
    house,
    slack,
    desk,
    userOf,
    card,
    thread,
    until: (look) => slack.until(look),
    cards: async (number) => (await cardsOf(number)).map((one) => JSON.stringify(one.blocks)),
    lines: async (number) => ((await cardsOf(number)).length > 0 ? (await thread(number)).map(({ text }) => text) : []),
    async press(who, number, action, id, { value = number, sending } = {}) {
      const { channel, ts } = await card(number);
      const at = clicks.get(id) ?? `17${String(clicks.size).padStart(8, '0')}.000100`;
      clicks.set(id, at);
      return sendInteraction(clickPayload({ user: userOf(who), channel, ts, action, value, at }), sendingOf(sending));
    },
    storeAway(away) {
      storeAway = away;
    },
    event: (event, sending) => sendEvent(event, sendingOf(sending)),
    async say(who, number, text) {
      const { channel, ts } = await card(number);
      const own = await slack.write(userOf(who), channel, text, ts);
      const status = await rig.event({ type: 'message', channel, user: userOf(who), text, ts: own, thread_ts: ts });
      if (status !== 200) throw new Error(`answered ${status}`);
      return own;
    },
    claim: async (who, number, id) => (await rig.press(who, number, ACTIONS.claim, id)) === 200,
    async write(who: Who, number, text, id) {
      const { channel, ts: thread_ts } = await card(number);
      const ts = written.get(id) ?? (await slack.write(userOf(who), channel, text, thread_ts));
      const retry = written.has(id) ? { retry: 1 } : {};
      written.set(id, ts);
      return (await rig.event({ type: 'message', channel, user: userOf(who), text, ts, thread_ts }, retry)) === 200;
    },
    forge: async (who, number) =>
      (await rig.press(who, number, ACTIONS.claim, `forged ${number}`, { sending: { secret: 'another secret' } })) === 200,
    stale: async (who, number) =>
      (await rig.press(who, number, ACTIONS.claim, `stale ${number}`, { sending: { at: Date.now() - 3_600_000 } })) === 200,
    told: async (who) => slack.whispers(userOf(who)).join('\n'),
    fail(outage) {
      slack.fault(() => faults[outage]);
      return () => slack.fault(null);
    },
    async close() {
      await house.close();
      await slack.close();
    },
  };
  return rig;
}
