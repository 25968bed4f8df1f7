/** The desk's door to the workspace of a scenario, in a file of its own so that other scenarios need not load what it needs. */
import { createSlackDesk, type SlackDesk } from '../../adapters/slack';
import type { Log } from '../../src/log';
import type { Store } from '../../src/store/store';
import { BOT_TOKEN } from '../support/slack/workspace';

export const SIGNING_SECRET = 'a secret Slack signs with';
/** The agent, known by mail address alone until they first act. */
export const LIN = { name: '小林', email: 'lin@desk.example' } as const;

/** Where Slack is, as its workspace says it of itself. */
export type SlackAt = Readonly<{ api: string; channel: string }>;

/** Slack's pace in a smaller measure. */
const PACE = { burst: 5, everyMs: 20 };

export async function openSlackDoor(
  url: string,
  timeoutMs: number,
  { store, log }: Readonly<{ store: Store; log: Log }>,
): Promise<SlackDesk> {
  const { api, channel }: SlackAt = JSON.parse(url);
  await store.agents.insert({ _id: 'lin', ...LIN, roles: ['agent'] });
  const desk = { botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET, apiUrl: api, channel };
  return createSlackDesk({ ...desk, pace: PACE, timeoutMs, log });
}
