/** Teams without Teams: the built server, an offline Direct Line before it, and a scripted crowd; all on loopback, all temporary. */
import { type PutUp, putUp } from '../stage';
import { type Played, playCrowd, type Say } from './crowd';
import { openDirectLine } from './directLine';

export type TeamsSimulation = PutUp<
  Played &
    Readonly<{
      /** Where an Emulator may post. */
      bot: string;
      server: string;
      tickets: readonly Readonly<{ number: string; form: string }>[];
    }>
>;

export function startTeams(say: Say): Promise<TeamsSimulation> {
  return putUp(async ({ serve, ends }) => {
    const line = await openDirectLine();
    ends(line.close);
    const desk = await serve({ TEAMS_ACCOUNTS: '[{"account":"dev","development":true}]' });
    const bot = `${desk.url}/channels/teams/dev`;
    line.connect(bot);
    const played = await playCrowd({ line, bot, say });
    const { tickets } = await desk.ask<Pick<TeamsSimulation, 'tickets'>>('/api/tickets');
    say(`\n工单 / tickets：${tickets.map(({ number, form }) => `${number}（${form}）`).join('、')}`);
    return { ...played, bot, server: desk.url, tickets };
  });
}
