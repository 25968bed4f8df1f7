/** The agents' desk in Slack: one card and one thread a ticket; agents claim, answer, note and settle without leaving it. */
import { App, type Receiver } from '@slack/bolt';
import type { Router } from 'express';
import type { Desk, Office } from '../desk';
import { createActing } from './acting';
import { createButtons, registerActs } from './actions';
import { createApi } from './api';
import { createBoard } from './board';
import { boltLog } from './boltLog';
import { createHttpDoor } from './door';
import { createFetchFiles, noFiles } from './files';
import { registerForms } from './forms';
import { registerHome } from './home';
import { createLines } from './lines';
import type { SlackOptions } from './options';
import { createPeople } from './people';
import { createRooms } from './rooms';
import { createSendQueue } from './sendQueue';
import { registerCommands } from './slash';
import { createSocketDoor, type Health } from './socket';
import { registerThread } from './thread';
import { noticeText } from './views/lines';

export type SlackDesk = Readonly<{ desk: Desk; router?: Router; health(): Health }>;

const PACE = { burst: 5, everyMs: 1_000 };

export function createSlackDesk(options: SlackOptions): SlackDesk {
  const now = options.now ?? Date.now;
  const queue = createSendQueue({ now: Date.now, wait, ...PACE, ...options.pace });
  const api = createApi(options, queue);
  const rooms = createRooms(options);
  const board = createBoard(api, rooms);
  const lines = createLines(api, rooms, options.files);

  let house: Office | null = null;
  let open = false;
  const office = (): Office => {
    if (!house) throw new Error('the desk in Slack has not begun to listen');
    return house;
  };
  const people = createPeople(api, office, now);
  const { acting, settled } = createActing({ office, people, api, log: options.log, now });

  const { receiver, router, listen, health } = createDoor(options, () => open);
  const app = new App({
    receiver,
    // Who is behind a request is looked up here, from the store and with our own limits.
    authorize: async () => ({ botToken: options.botToken }),
    ignoreSelf: false,
    logger: boltLog(options.log),
    processBeforeResponse: true,
  });
  const buttons = createButtons(app, acting);
  registerActs(buttons, acting);
  registerForms(app, buttons, acting);
  registerCommands(app, acting);
  registerHome(app, acting);
  const fetchFiles = options.files ? createFetchFiles(options, options.files) : noFiles;
  registerThread(app, acting, { board, rooms, fetchFiles });

  const desk: Desk = {
    name: 'slack',
    offer: board.offer,
    relay: lines.relay,
    update: (ref, card) => board.update(ref, card, () => office().transcript(card.number)),
    async notify(notice, again) {
      const channel = rooms.forNotice(notice.to);
      const key = `notice ${notice.id}`;
      if (again && (await api.inChannel(channel, notice.at)).some((one) => one.key === key)) return;
      await api.post({ channel }, noticeText(notice, rooms.call), { key });
    },
    async start(listening) {
      house = listening;
      open = true;
      const unlisten = listen();
      return async () => {
        open = false;
        await unlisten();
        queue.close();
        await settled();
      };
    },
  };
  return { desk, health, ...(router && { router }) };
}

type Entrance = Readonly<{ receiver: Receiver; router?: Router; listen(): () => Promise<void>; health(): Health }>;

/** The app token decides: with it Slack needs no way to us, without it requests must be signed. */
function createDoor(options: SlackOptions, open: () => boolean): Entrance {
  const { appToken, signingSecret } = options;
  if (appToken !== undefined) {
    const { receiver, open: listen, health } = createSocketDoor({ ...options, appToken });
    return { receiver, listen, health };
  }
  if (signingSecret === undefined) throw new Error('SLACK_SIGNING_SECRET is empty; copy it from Basic Information, or set SLACK_APP_TOKEN');
  const since = (options.now ?? Date.now)();
  return {
    ...createHttpDoor({ ...options, signingSecret }, open),
    listen: () => async () => undefined,
    health: () => ({ way: 'http', connected: open(), since }),
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
