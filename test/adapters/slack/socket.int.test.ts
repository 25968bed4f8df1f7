import { createSlackDesk, type SlackDesk } from '../../../adapters/slack';
import { ACTIONS } from '../../../adapters/slack/ids';
import { type DeskHouse, openDeskHouse } from '../../support/deskHouse';
import { clickPayload } from '../../support/slack/requests';
import { openSocketMode, type SocketMode } from '../../support/slack/socketMode';
import { BOT_TOKEN, openWorkspace, type Workspace } from '../../support/slack/workspace';

const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

describe('the desk in Slack over a socket of its own', () => {
  let slack: Workspace;
  let socket: SocketMode;
  let desk: SlackDesk;
  let house: DeskHouse;
  let opened = 0;

  beforeAll(async () => {
    slack = await openWorkspace({ li: 'li@desk.example' });
    socket = await openSocketMode(slack.api);
    // The first addresses are refused: a house starts whether Slack is there or not.
    socket.refuse(503);
    desk = createSlackDesk({
      botToken: BOT_TOKEN,
      appToken: 'xapp-the-desk',
      apiUrl: socket.api,
      channel: slack.channel.service,
      log,
      pace: { burst: 1, everyMs: 0 },
      reconnectMs: 20,
    });
    house = await openDeskHouse([desk]);
  });
  afterAll(async () => {
    await house?.close();
    await socket?.close();
    await slack?.close();
  });
  const reopened = (): Promise<void> => {
    opened += 1;
    return socket.opened(opened);
  };

  async function waiting(customer: string) {
    await house.says(customer, '我要转人工');
    const number = await house.ticketOf(customer);
    const card = await slack.until(async () =>
      (await slack.messages(slack.channel.service)).find(({ metadata }) => metadata?.event_payload.ticket === number),
    );
    return { number, place: { channel: slack.channel.service, ts: card.ts } };
  }

  test('comes up once Slack is there, and takes clicks and words, each once however often it comes', async () => {
    expect(desk.router).toBeUndefined();
    expect(desk.health()).toMatchObject({ way: 'socket', connected: false });
    socket.refuse(null);
    await reopened();
    const { number, place } = await waiting('wang');
    const user = slack.user.li ?? '';
    const click = clickPayload({ ...place, user, action: ACTIONS.claim, value: number, at: '1700000001.000100' });
    await socket.send('interactive', click);
    await socket.send('interactive', click, 1);
    expect(desk.health()).toMatchObject({ connected: true });
    expect(await (await fetch(`${house.url}/readyz`)).json()).toMatchObject({
      desk: { ways: { slack: { way: 'socket', connected: true } } },
    });
    const text = '您好，请问是哪个班？';
    const ts = await slack.write(user, place.channel, text, place.ts);
    const event = { type: 'message', channel: place.channel, user, text, ts, thread_ts: place.ts };
    await socket.send('events_api', { type: 'event_callback', event_id: 'Ev1', team_id: 'T000000001', event });
    await socket.send('events_api', { type: 'event_callback', event_id: 'Ev1', team_id: 'T000000001', event }, 1);
    await house.conversations.idle();
    const kinds = (await house.store.tickets.get(number))?.events.map(({ kind }) => kind);
    expect(kinds?.filter((kind) => kind === 'claimed' || kind === 'replied')).toEqual(['claimed', 'replied']);
    expect((await house.heard('wang')).filter((words) => words === text)).toHaveLength(1);
  });

  test('opens another socket when one dies, and when Slack asks for it', async () => {
    socket.cut();
    await reopened();
    socket.refresh();
    await reopened();
    const { number, place } = await waiting('liu');
    const user = slack.user.li ?? '';
    await socket.send('interactive', clickPayload({ ...place, user, action: ACTIONS.claim, value: number, at: '1700000002.000100' }));
    await house.conversations.idle();
    expect(await house.store.tickets.get(number)).toMatchObject({ assignee: 'li' });
  });
});
