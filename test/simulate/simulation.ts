/** A whole desk in Slack without Slack: the emulator, the built server pointed at it, and the page in between; all on loopback, all temporary. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { BOT_TOKEN, openWorkspace } from '../support/slack/workspace';
import { MEMBERS, mailOf } from './cast';
import { openDoor } from './door';
import { createRoutes } from './routes';
import { type PutUp, putUp } from './stage';

export type Simulation = PutUp<
  Readonly<{
    /** The page with both sides. */
    url: string;
    /** The server that is tried out. */
    server: string;
  }>
>;

const secret = 'the signing secret of the simulation';

export function startSimulation(): Promise<Simulation> {
  return putUp(async ({ seed, serve, ends }) => {
    await seed();
    const slack = await openWorkspace(Object.fromEntries(Object.keys(MEMBERS).map((member) => [member, mailOf(member)])));
    ends(slack.close);
    const door = openDoor(slack.api);
    const app = express().disable('x-powered-by').use(door.router);
    const page = createServer(app).listen(0, '127.0.0.1');
    await once(page, 'listening');
    ends(async () => {
      const closed = once(page, 'close');
      page.close();
      page.closeAllConnections();
      await closed;
    });
    const url = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;

    const server = await serve({
      WEB_ORIGINS: url,
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_SIGNING_SECRET: secret,
      SLACK_API_URL: `${url}/api/`,
      SLACK_CHANNEL: slack.channel.service,
      SLACK_CHANNELS: JSON.stringify({ 业务受理组: slack.channel.complaints }),
      SLACK_SUPERVISORS: slack.channel.supervisors,
    });
    app.use(createRoutes(slack, door, { url: server.url, secret }));
    return { url, server: server.url };
  });
}
