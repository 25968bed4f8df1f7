import { createSlackDesk } from '../../../adapters/slack';
import { ACTIONS } from '../../../adapters/slack/ids';
import { type DeskHouse, openDeskHouse } from '../../support/deskHouse';
import { clickPayload, sendEvent, sendInteraction } from '../../support/slack/requests';
import { BOT_TOKEN, type Message, openWorkspace, type Workspace } from '../../support/slack/workspace';

const secret = 'the signing secret';
const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

describe('the desk in Slack', () => {
  let slack: Workspace;
  let house: DeskHouse;

  beforeAll(async () => {
    slack = await openWorkspace({ li: 'li@desk.example', guest: 'guest@elsewhere.example' });
    const desk = createSlackDesk({
      botToken: BOT_TOKEN,
      signingSecret: secret,
      apiUrl: slack.api,
      channel: slack.channel.service,
      supervisors: slack.channel.supervisors,
      log,
      pace: { burst: 100, everyMs: 0 },
    });
    house = await openDeskHouse([desk]);
  });
  afterAll(async () => {
    await house?.close();
    await slack?.close();
  });

  const sending = () => ({ url: house.url, secret });
  const cardOf = (number: string): Promise<Message> =>
    slack.until(async () => (await slack.messages(slack.channel.service)).find(({ text }) => text.includes(number)));

  test('a ticket is claimed on its card and answered in its thread', async () => {
    await house.says('wang', '我要转人工');
    const number = await house.ticketOf('wang');
    const card = await cardOf(number);
    const place = { channel: slack.channel.service, ts: card.ts };
    const thread = () => slack.thread(place.channel, place.ts);
    const said = await slack.until(async () => (await thread())[0]);
    expect(said.text).toContain('我要转人工');

    const user = slack.user.li ?? '';
    const click = clickPayload({ ...place, user, action: ACTIONS.claim, value: number, at: '1700000001.000100' });
    expect(await sendInteraction(click, sending())).toBe(200);
    await slack.until(async () => JSON.stringify(await cardOf(number)).includes('李老师'));

    const text = '您好，请问是哪个班？';
    const ts = await slack.write(user, place.channel, text, place.ts);
    expect(await sendEvent({ type: 'message', channel: place.channel, user, text, ts, thread_ts: place.ts }, sending())).toBe(200);
    await slack.until(async () => (await thread()).some((one) => one.ts === ts && one.reactions));
    await house.conversations.idle();
    expect(await house.heard('wang')).toEqual(expect.arrayContaining([text]));
  });
});
