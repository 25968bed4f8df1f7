/** The agents' desk in Slack: one card and one thread a ticket; agents claim, answer, note and settle without leaving it. */
import { App } from '@slack/bolt';
import type { Router } from 'express';
import type { Desk, Office } from '../desk';
import { createActing } from './acting';
import { registerActions } from './actions';
import { createApi } from './api';
import { createBoard } from './board';
import { boltLog } from './boltLog';
import { createLines } from './lines';
import type { SlackOptions } from './options';
import { createPeople } from './people';
import { createHttpDoor } from './receivers';
import { createRooms } from './rooms';
import { createSendQueue } from './sendQueue';
import { registerThread } from './thread';
import { noticeText } from './views/lines';

export type SlackDesk = Readonly<{ desk: Desk; router?: Router }>;

const PACE = { burst: 5, everyMs: 1_000 };

export function createSlackDesk(options: SlackOptions): SlackDesk {
  const now = options.now ?? Date.now;
  const queue = createSendQueue({ now: Date.now, wait, ...PACE, ...options.pace });
  const api = createApi(options, queue);
  const rooms = createRooms(options);
  const board = createBoard(api, rooms);
  const lines = createLines(api, rooms);

  let house: Office | null = null;
  let open = false;
  const office = (): Office => {
    if (!house) throw new Error('the desk in Slack has not begun to listen');
    return house;
  };
  const people = createPeople(api, office, now);
  const { acting, settled } = createActing({ office, people, api, log: options.log, now });

  const { signingSecret } = options;
  if (signingSecret === undefined) throw new Error('SLACK_SIGNING_SECRET is empty; copy it from Basic Information');
  const { receiver, router } = createHttpDoor({ ...options, signingSecret }, () => open);
  const app = new App({
    receiver,
    // Who is behind a request is looked up here, from the store and with our own limits.
    authorize: async () => ({ botToken: options.botToken }),
    ignoreSelf: false,
    logger: boltLog(options.log),
    processBeforeResponse: true,
  });
  registerActions(app, acting);
  registerThread(app, acting, board, rooms);

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
      return async () => {
        open = false;
        queue.close();
        await settled();
      };
    },
  };
  return { desk, router };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
