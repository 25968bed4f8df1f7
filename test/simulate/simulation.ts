/** A whole desk in Slack without Slack: the emulator, the built server pointed at it, and the page in between; all on loopback, all temporary. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { qiao, startServer } from '../support/program';
import { BOT_TOKEN, openWorkspace } from '../support/slack/workspace';
import { MEMBERS, mailOf, seed } from './cast';
import { openDoor } from './door';
import { createRoutes } from './routes';

export type Simulation = Readonly<{
  /** The page with both sides. */
  url: string;
  /** The server that is tried out. */
  server: string;
  /** Where everything is kept until it is closed. */
  folder: string;
  close(): Promise<void>;
}>;

const secret = 'the signing secret of the simulation';

export async function startSimulation(): Promise<Simulation> {
  const started: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const stop of started.splice(0).reverse()) await stop();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'qiao-simulate-'));
    started.push(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, 'seed.json'), JSON.stringify(seed));
    const seeded = await qiao(['seed', 'seed.json'], folder);
    if (seeded.code !== 0) throw new Error(`the server could not be prepared; run npm run build first: ${seeded.err}`);

    const slack = await openWorkspace(Object.fromEntries(Object.keys(MEMBERS).map((member) => [member, mailOf(member)])));
    started.push(slack.close);
    const door = openDoor(slack.api);
    const app = express().disable('x-powered-by').use(door.router);
    const page = createServer(app).listen(0, '127.0.0.1');
    await once(page, 'listening');
    started.push(async () => {
      const closed = once(page, 'close');
      page.close();
      page.closeAllConnections();
      await closed;
    });
    const url = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;

    const server = await startServer(folder, {
      WEB_ORIGINS: url,
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_SIGNING_SECRET: secret,
      SLACK_API_URL: `${url}/api/`,
      SLACK_CHANNEL: slack.channel.service,
      SLACK_CHANNELS: JSON.stringify({ 业务受理组: slack.channel.complaints }),
      SLACK_SUPERVISORS: slack.channel.supervisors,
    });
    started.push(() => server.stop());
    app.use(createRoutes(slack, door, { url: server.url, secret }));
    return { url, server: server.url, folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}
