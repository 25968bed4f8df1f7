/** Agents in Slack: from a customer's cry for a person to the card in the channel, and from an agent's word in its thread to the customer. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ACTIONS } from '../../adapters/slack/ids';
import { qiao, type Running } from '../../test/support/program';
import { clickPayload, sendEvent, sendInteraction } from '../../test/support/slack/requests';
import { BOT_TOKEN, openWorkspace } from '../../test/support/slack/workspace';
import { type Crowd, createPostbox, type Measured, measured, usersOf } from './crowd';
import { openGateway } from './gateway';

const SECRET = 'the signing secret of the bench';
const AGENT = { id: 'duty', name: '值班客服', email: 'duty@desk.example', roles: ['agent'] };
/** Every reply that is no agent's word. */
const WORD = /第\d+次答复/;
const NUMBER = /\d{8}-\d{4}/;

/** Tells when a customer's card is up: the customer hears the ticket's number, the card shows it, and either may be first. */
function createCards() {
  const box = createPostbox();
  const owners = new Map<string, string>();
  const posted = new Set<string>();
  const look = (number: string): void => {
    const user = owners.get(number);
    if (user !== undefined && posted.has(number)) box.arrived(user);
  };
  return {
    answerTo: box.answerTo,
    heard(number: string, user: string): void {
      owners.set(number, user);
      look(number);
    },
    posted(number: string): void {
      posted.add(number);
      look(number);
    },
    numberOf: (user: string): string => [...owners].find(([, owner]) => owner === user)?.[0] ?? '',
  };
}

async function openDesk() {
  const [cards, words] = [createCards(), createPostbox()];
  const gateway = await openGateway((user, text) => {
    const number = NUMBER.exec(text)?.[0];
    if (number !== undefined) cards.heard(number, user);
    if (WORD.test(text)) words.arrived(user);
  });
  const slack = await openWorkspace({ duty: AGENT.email });
  slack.fault(({ method, given }) => {
    const isCard = method === 'chat.postMessage' && given.thread_ts === undefined;
    const number = isCard ? NUMBER.exec(given.text ?? '')?.[0] : undefined;
    if (number !== undefined) cards.posted(number);
    return null;
  });
  const environment = {
    ...gateway.environment,
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_API_URL: slack.api,
    SLACK_CHANNEL: slack.channel.service,
  };
  return {
    slack,
    words,
    environment,
    numberOf: cards.numberOf,
    /** Resolves once the card is posted. */
    calls: (desk: Running, user: string): Promise<void> =>
      cards.answerTo(user, () => gateway.say(desk.url, `${user}-0`, user, '我要转人工')),
    async prepare(folder: string): Promise<void> {
      await writeFile(join(folder, 'seed.json'), JSON.stringify({ agents: [AGENT] }));
      const { code, err } = await qiao(['seed', 'seed.json'], folder);
      if (code !== 0) throw new Error(`the desk could not be prepared: ${err}`);
    },
    async close(): Promise<void> {
      await Promise.all([gateway.close(), slack.close()]);
    },
  };
}

/** A customer asks for a person only once: the crowd has one round. */
export async function measureSlackCard(crowd: Crowd): Promise<Measured> {
  const desk = await openDesk();
  try {
    return await measured(desk.environment, { ...crowd, rounds: 1 }, (running) => (user) => desk.calls(running, user), desk.prepare);
  } finally {
    await desk.close();
  }
}

export async function measureSlackWord(crowd: Crowd): Promise<Measured> {
  const desk = await openDesk();
  const { slack, words } = desk;
  const [channel, agent] = [slack.channel.service, slack.user.duty ?? ''];

  /** To the time stamp of the card. */
  async function claimed(running: Running, user: string): Promise<string> {
    await desk.calls(running, user);
    const value = desk.numberOf(user);
    const ts = await slack.until(
      async () => (await slack.messages(channel)).find(({ metadata }) => metadata?.event_payload.ticket === value)?.ts,
    );
    const click = clickPayload({ user: agent, channel, ts, action: ACTIONS.claim, value, at: ts });
    await sendInteraction(click, { url: running.url, secret: SECRET });
    return ts;
  }

  try {
    return await measured(
      desk.environment,
      crowd,
      async (running) => {
        const cards = new Map(await Promise.all(usersOf(crowd).map(async (user) => [user, await claimed(running, user)] as const)));
        return async (user, round) => {
          const thread = cards.get(user) ?? '';
          const text = `第${round}次答复`;
          const ts = await slack.write(agent, channel, text, thread);
          await words.answerTo(user, () =>
            sendEvent({ type: 'message', channel, user: agent, text, ts, thread_ts: thread }, { url: running.url, secret: SECRET }),
          );
        };
      },
      desk.prepare,
    );
  } finally {
    await desk.close();
  }
}
