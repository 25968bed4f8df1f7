/** Teams without Teams: the built server, an offline Direct Line before it, and a scripted crowd; all on loopback, all temporary. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../support/program';
import { type Played, playCrowd, type Say } from './crowd';
import { openDirectLine } from './directLine';

const API_TOKEN = 'the operator of the simulation';

export type TeamsSimulation = Played &
  Readonly<{
    /** Where an Emulator may post. */
    bot: string;
    server: string;
    tickets: readonly Readonly<{ number: string; form: string }>[];
    folder: string;
    close(): Promise<void>;
  }>;

export async function startTeams(say: Say): Promise<TeamsSimulation> {
  const started: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const stop of started.splice(0).reverse()) await stop();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'qiao-simulate-'));
    started.push(() => rm(folder, { recursive: true, force: true }));
    const line = await openDirectLine();
    started.push(line.close);
    const server = await startServer(folder, { API_TOKEN, TEAMS_ACCOUNTS: '[{"account":"dev","development":true}]' });
    started.push(() => server.stop());
    const bot = `${server.url}/channels/teams/dev`;
    line.connect(bot);
    const played = await playCrowd({ line, bot, say });
    const listed = await fetch(`${server.url}/api/tickets`, { headers: { authorization: `Bearer ${API_TOKEN}` } });
    // The shape of the API of ours.
    const { tickets } = (await listed.json()) as Pick<TeamsSimulation, 'tickets'>;
    say(`\n工单 / tickets：${tickets.map(({ number, form }) => `${number}（${form}）`).join('、')}`);
    return { ...played, bot, server: server.url, tickets, folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}
