/** What is done to a desk, as data. Each is played with any seed; the long version plays more lives and more customers. */
import type { CrashPoint } from '../../src/conversation/deps';
import type { Deliveries } from './platform';
import { teamsScenarios } from './teamsScenarios';
import type { Climate } from './weather';
import { wechatScenarios } from './wechatScenarios';

export const CRASH_POINTS = ['accepted', 'acted', 'saved', 'logged', 'marking', 'effect', 'sent', 'flushing', 'told'] as const;
// A point the shell knows and no scenario kills at would prove nothing.
type Unnamed = Exclude<CrashPoint, (typeof CRASH_POINTS)[number]>;
export const allNamed: [Unnamed] extends [never] ? true : Unnamed = true;

export type Size = Readonly<{
  customers: number;
  /** How many of them write at the same time; all when it is not said. */
  abreast?: number;
  /** What each says at least. */
  messages: number;
  /** Processes killed in all. */
  kills?: number;
}>;

export type Trouble =
  /** `kills` times at random moments. */
  | Readonly<{ kind: 'kill' }>
  /** `kills` times, at each point in turn, at a random how-manieth time it is reached; `points` when not all. */
  | Readonly<{ kind: 'crash'; points?: readonly CrashPoint[] }>
  /** One process after the other is stopped for so long and woken. */
  | Readonly<{ kind: 'freeze'; ms: number; times: number }>
  /** The clocks of the processes go wrong by each of these in turn. */
  | Readonly<{ kind: 'clock'; steps: readonly number[] }>
  /** What stands between desk and platform dies and comes back after so long. */
  | Readonly<{ kind: 'gateway'; ms: number; times: number }>
  /** Nobody answers there for so long. */
  | Readonly<{ kind: 'outage'; of: 'callback' | 'desk'; ms: number; times: number }>;

export type Channels = 'webhook' | 'wechat-official' | 'wecom' | 'email' | 'teams' | 'wechat';
export type Workplaces = 'wall' | 'slack';

export type Scenario = Readonly<{
  name: string;
  /** Through which channel the customers write; the webhook when it is not said. */
  channel?: Channels;
  /** Where agents work; at a plain wall when it is not said. */
  workplace?: Workplaces;
  store: 'folder' | 'database';
  /** How much later the database answers. */
  storeSlowMs?: number;
  servers: number;
  short?: Size;
  /** Its short size is for whoever asks for it: `npm test` plays another of its channel. */
  byHand?: true;
  long: Size;
  /** One word waits for the acknowledgement of the one before, or a customer's words are all under way at once. */
  pace?: 'one by one' | 'at once';
  /** Every how-manieth word asks for a person. */
  escalate: number;
  /** What an agent says on each ticket; 0: nobody claims. */
  replies: number;
  /** A word that ends the program, once among all. */
  poison?: true;
  deliveries?: Deliveries;
  /** How what agents write in Slack is delivered. */
  events?: Deliveries;
  callback?: Climate;
  desk?: Climate;
  troubles?: readonly Trouble[];
  /** Good messages may end with a person: their third try was killed too, or nobody could be reached for too long. */
  handedOver?: true;
}>;

export const scenarios: readonly Scenario[] = [
  ...teamsScenarios,
  ...wechatScenarios,
  {
    name: 'killed at every crash point',
    store: 'folder',
    servers: 1,
    short: { customers: 6, messages: 4, kills: 9 },
    long: { customers: 12, messages: 16, kills: 36 },
    escalate: 4,
    replies: 2,
    troubles: [{ kind: 'crash' }],
    handedOver: true,
  },
  {
    name: 'slack: killed at crash points',
    workplace: 'slack',
    store: 'folder',
    servers: 1,
    short: { customers: 2, messages: 4, kills: 2 },
    long: { customers: 8, messages: 16, kills: 27 },
    escalate: 4,
    replies: 2,
    troubles: [{ kind: 'crash' }],
    handedOver: true,
  },
  {
    name: 'slack: two processes killed in turn',
    workplace: 'slack',
    store: 'database',
    servers: 2,
    long: { customers: 6, messages: 12, kills: 12 },
    escalate: 4,
    replies: 2,
    events: { again: 0.2 },
    troubles: [{ kind: 'kill' }],
    handedOver: true,
  },
  {
    name: 'slack down',
    workplace: 'slack',
    store: 'folder',
    servers: 1,
    long: { customers: 10, messages: 12 },
    escalate: 4,
    replies: 2,
    desk: { down: 0.08, broken: 0.08, cut: 0.08 },
    troubles: [{ kind: 'outage', of: 'desk', ms: 3_000, times: 3 }],
  },
  {
    name: 'slack slow',
    workplace: 'slack',
    store: 'folder',
    servers: 1,
    long: { customers: 10, messages: 12 },
    escalate: 4,
    replies: 2,
    desk: { slow: 0.3, late: 0.1 },
  },
  {
    name: 'slack 429',
    workplace: 'slack',
    store: 'folder',
    servers: 1,
    long: { customers: 10, messages: 12 },
    escalate: 4,
    replies: 2,
    desk: { limited: 0.15 },
  },
  {
    name: 'slack twice',
    workplace: 'slack',
    store: 'database',
    servers: 2,
    long: { customers: 10, messages: 12 },
    escalate: 4,
    replies: 3,
    events: { again: 0.5, holdUpMs: 120 },
  },
  {
    name: 'killed at random times',
    store: 'folder',
    servers: 1,
    long: { customers: 12, messages: 16, kills: 40 },
    escalate: 4,
    replies: 2,
    troubles: [{ kind: 'kill' }],
    handedOver: true,
  },
  {
    name: 'two processes killed in turn',
    store: 'database',
    servers: 2,
    short: { customers: 6, messages: 6, kills: 2 },
    long: { customers: 12, messages: 16, kills: 24 },
    escalate: 4,
    replies: 2,
    deliveries: { again: 0.2 },
    troubles: [{ kind: 'kill' }],
    handedOver: true,
  },
  {
    name: 'two processes killed at crash points',
    store: 'database',
    servers: 2,
    long: { customers: 12, messages: 16, kills: 27 },
    escalate: 4,
    replies: 2,
    troubles: [{ kind: 'crash' }],
    handedOver: true,
  },
  {
    name: 'a message that kills',
    store: 'folder',
    servers: 1,
    short: { customers: 4, messages: 4 },
    long: { customers: 20, messages: 10 },
    escalate: 4,
    replies: 1,
    poison: true,
    handedOver: true,
  },
  {
    name: 'callback and desk slow, failing and late',
    store: 'folder',
    servers: 1,
    short: { customers: 6, messages: 6 },
    long: { customers: 30, messages: 20 },
    escalate: 3,
    replies: 2,
    callback: { down: 0.05, broken: 0.08, limited: 0.05, slow: 0.1, late: 0.04, cut: 0.05 },
    desk: { down: 0.05, broken: 0.05, limited: 0.08, slow: 0.1, late: 0.05, cut: 0.05 },
  },
  {
    name: 'callback away',
    store: 'folder',
    servers: 1,
    long: { customers: 20, messages: 20 },
    escalate: 5,
    replies: 2,
    troubles: [{ kind: 'outage', of: 'callback', ms: 2_000, times: 4 }],
  },
  {
    name: 'callback away for good',
    store: 'folder',
    servers: 1,
    long: { customers: 10, messages: 6 },
    escalate: 5,
    replies: 1,
    troubles: [{ kind: 'outage', of: 'callback', ms: 20_000, times: 1 }],
    handedOver: true,
  },
  {
    name: 'desk away',
    store: 'folder',
    servers: 1,
    long: { customers: 20, messages: 12 },
    escalate: 3,
    replies: 2,
    troubles: [{ kind: 'outage', of: 'desk', ms: 3_000, times: 3 }],
  },
  {
    name: 'delivered twice and out of order',
    store: 'database',
    servers: 2,
    long: { customers: 20, messages: 15 },
    pace: 'at once',
    escalate: 4,
    replies: 2,
    deliveries: { again: 0.4, holdUpMs: 120 },
  },
  {
    name: 'bursts of 50 in one conversation',
    store: 'folder',
    servers: 1,
    long: { customers: 10, messages: 50 },
    pace: 'at once',
    escalate: 10,
    replies: 1,
  },
  { name: '500 conversations at once', store: 'folder', servers: 1, long: { customers: 500, messages: 6 }, escalate: 6, replies: 1 },
  {
    name: 'two processes on the same conversations',
    store: 'database',
    servers: 2,
    long: { customers: 20, messages: 15 },
    escalate: 5,
    replies: 2,
    deliveries: { again: 0.3 },
  },
  {
    name: 'four processes on the same conversations',
    store: 'database',
    servers: 4,
    long: { customers: 20, messages: 15 },
    escalate: 5,
    replies: 2,
    deliveries: { again: 0.3 },
  },
  {
    name: 'two processes on a slow database',
    store: 'database',
    storeSlowMs: 400,
    servers: 2,
    long: { customers: 8, messages: 8 },
    escalate: 4,
    replies: 2,
    deliveries: { again: 0.3 },
  },
  {
    name: 'frozen past its lease and woken',
    store: 'database',
    servers: 2,
    long: { customers: 8, messages: 20 },
    escalate: 4,
    replies: 2,
    troubles: [{ kind: 'freeze', ms: 4_500, times: 4 }],
    callback: { slow: 0.2 },
    desk: { slow: 0.2 },
  },
  {
    name: 'clocks that jump',
    store: 'folder',
    servers: 1,
    long: { customers: 12, messages: 60 },
    escalate: 5,
    replies: 2,
    troubles: [{ kind: 'clock', steps: [60_000, -60_000, 3_600_000, 0, -3_600_000, 5_000, 0] }],
  },
  {
    name: 'pace of one process',
    store: 'database',
    servers: 1,
    long: { customers: 300, messages: 4, abreast: 32 },
    escalate: 100,
    replies: 0,
  },
  {
    name: 'pace of two processes',
    store: 'database',
    servers: 2,
    long: { customers: 300, messages: 4, abreast: 32 },
    escalate: 100,
    replies: 0,
  },
  {
    name: 'pace of four processes',
    store: 'database',
    servers: 4,
    long: { customers: 300, messages: 4, abreast: 32 },
    escalate: 100,
    replies: 0,
  },
  {
    name: '10,000 conversations',
    store: 'folder',
    servers: 1,
    long: { customers: 10_000, messages: 1, abreast: 32 },
    escalate: 100,
    replies: 0,
  },
  {
    name: 'wechat-official killed at random times',
    channel: 'wechat-official',
    store: 'folder',
    servers: 1,
    short: { customers: 2, messages: 8, kills: 1 },
    long: { customers: 12, messages: 16, kills: 20 },
    escalate: 8,
    replies: 2,
    troubles: [{ kind: 'kill' }],
    handedOver: true,
  },
  {
    name: 'wechat-official killed at crash points',
    channel: 'wechat-official',
    store: 'folder',
    servers: 1,
    long: { customers: 12, messages: 16, kills: 18 },
    escalate: 8,
    replies: 2,
    troubles: [{ kind: 'crash' }],
    handedOver: true,
  },
  {
    name: 'wechat-official slow, failing and late',
    channel: 'wechat-official',
    store: 'folder',
    servers: 1,
    long: { customers: 24, messages: 8 },
    escalate: 8,
    replies: 2,
    callback: { down: 0.05, broken: 0.08, limited: 0.05, slow: 0.1, late: 0.04, cut: 0.05 },
    desk: { down: 0.05, broken: 0.05, limited: 0.08, slow: 0.1, late: 0.05, cut: 0.05 },
    // Answers that come too late for the response, or twice, use up what the platform counts: an agent's words come back as a call to make.
    handedOver: true,
  },
  {
    name: 'wechat-official away',
    channel: 'wechat-official',
    store: 'folder',
    servers: 1,
    long: { customers: 30, messages: 8 },
    escalate: 8,
    replies: 2,
    troubles: [{ kind: 'outage', of: 'callback', ms: 2_000, times: 4 }],
    // More words than the platform counts gather while it is away: those of agents come back to them as a call to make.
    handedOver: true,
  },
  {
    name: 'wechat-official on two processes killed in turn',
    channel: 'wechat-official',
    store: 'database',
    servers: 2,
    long: { customers: 8, messages: 8, kills: 12 },
    escalate: 8,
    replies: 2,
    troubles: [{ kind: 'kill' }],
    handedOver: true,
  },
  {
    name: 'wecom killed at every crash point',
    channel: 'wecom',
    store: 'folder',
    servers: 1,
    short: { customers: 3, messages: 3, kills: 1 },
    long: { customers: 12, messages: 16, kills: 27 },
    escalate: 4,
    replies: 1,
    deliveries: { again: 0.2 },
    troubles: [{ kind: 'crash' }],
    handedOver: true,
  },
  {
    name: 'wecom on two processes killed in turn',
    channel: 'wecom',
    store: 'database',
    servers: 2,
    long: { customers: 8, messages: 12, kills: 12 },
    escalate: 4,
    replies: 1,
    deliveries: { again: 0.2 },
    troubles: [{ kind: 'kill' }],
    handedOver: true,
  },
  {
    name: 'wecom slow, failing, late and away',
    channel: 'wecom',
    store: 'folder',
    servers: 1,
    long: { customers: 20, messages: 15 },
    escalate: 4,
    replies: 1,
    deliveries: { again: 0.2 },
    callback: { down: 0.05, broken: 0.05, limited: 0.05, slow: 0.1, late: 0.03, cut: 0.08 },
    troubles: [{ kind: 'outage', of: 'callback', ms: 1_500, times: 3 }],
    // More words than the platform counts gather while it is away: those of agents come back to them as a call to make.
    handedOver: true,
  },
  {
    name: 'email killed at crash points',
    channel: 'email',
    store: 'folder',
    servers: 1,
    short: { customers: 2, messages: 4, kills: 1 },
    byHand: true,
    long: { customers: 6, messages: 10, kills: 18 },
    escalate: 4,
    replies: 2,
    deliveries: { again: 0.2 },
    troubles: [{ kind: 'crash' }],
    handedOver: true,
  },
  {
    name: 'email slow, refused and denied',
    channel: 'email',
    store: 'folder',
    servers: 1,
    short: { customers: 4, messages: 4 },
    long: { customers: 20, messages: 10 },
    escalate: 4,
    replies: 2,
    deliveries: { again: 0.3, holdUpMs: 60 },
    callback: { down: 0.05, broken: 0.08, limited: 0.05, slow: 0.1, late: 0.04, cut: 0.05 },
  },
  {
    name: 'email on two processes killed in turn',
    channel: 'email',
    store: 'database',
    servers: 2,
    short: { customers: 2, messages: 4, kills: 1 },
    byHand: true,
    long: { customers: 6, messages: 10, kills: 8 },
    escalate: 4,
    replies: 1,
    deliveries: { again: 0.2 },
    troubles: [{ kind: 'kill' }],
    handedOver: true,
  },
  {
    name: 'email away',
    channel: 'email',
    store: 'folder',
    servers: 1,
    short: { customers: 4, messages: 4 },
    byHand: true,
    long: { customers: 10, messages: 10 },
    escalate: 5,
    replies: 2,
    troubles: [{ kind: 'outage', of: 'callback', ms: 2_000, times: 3 }],
  },
];
