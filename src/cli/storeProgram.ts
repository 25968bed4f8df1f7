/** The commands that need the store and nothing else: the running server that has it runs them as well. */
import { type Command, Option } from 'commander';
import type { Nature, TicketStatus } from '../../dialogs/vocabulary';
import { NATURES, STATUSES } from '../desk/view';
import type { AgentOptions } from './agents';
import { data, examples, json } from './options';

export type StoreActions = Readonly<{
  listTickets(options: Readonly<{ json: boolean; status?: TicketStatus; nature?: Nature; data?: string }>): Promise<void>;
  showTicket(number: string, options: Readonly<{ json: boolean; data?: string }>): Promise<void>;
  exportTickets(options: Readonly<{ csv: boolean; json: boolean; status?: TicketStatus; nature?: Nature; data?: string }>): Promise<void>;
  audit(options: Readonly<{ json: boolean; data?: string }>): Promise<void>;
  addAgent(options: AgentOptions & Readonly<{ data?: string }>): Promise<void>;
  listAgents(options: Readonly<{ json: boolean; data?: string }>): Promise<void>;
  removeAgent(id: string, options: Readonly<{ data?: string }>): Promise<void>;
  renewToken(id: string, options: Readonly<{ data?: string }>): Promise<void>;
  seed(file: string, options: Readonly<{ data?: string }>): Promise<void>;
  importWecomDirectory(options: Readonly<{ account?: string; json: boolean; data?: string }>): Promise<void>;
}>;

export function addStoreCommands(program: Command, actions: StoreActions): void {
  program
    .command('seed')
    .argument('<file>', 'JSON with schools, customers, agents, incidents, calendar, settings, tickets, or - to read it from standard input')
    .description('write what a desk begins with; the same file twice changes nothing')
    .addOption(data())
    .addHelpText('after', examples(`echo '{"schools":[{"name":"南宁市实验小学","aliases":["实小"]}]}' > seed.json && qiao seed seed.json`))
    .action(actions.seed);

  const tickets = program.command('tickets').description('look at tickets');
  const filters = (command: Command) =>
    command
      .addOption(new Option('--status <status>', 'only those').choices(STATUSES))
      .addOption(new Option('--nature <nature>', 'only those').choices(NATURES))
      .addOption(json('a JSON array'))
      .addOption(data());
  filters(tickets.command('list'))
    .description('newest first')
    .addHelpText('after', examples('qiao tickets list', 'qiao tickets list --status open --nature 投诉 --json'))
    .action(actions.listTickets);
  tickets
    .command('show')
    .argument('<number>', 'such as 20261122-0007')
    .description('one ticket with its events')
    .addOption(json('a JSON object'))
    .addOption(data())
    .addHelpText('after', examples('qiao tickets show 20261122-0007', 'qiao tickets show 20261122-0007 --json'))
    .action(actions.showTicket);
  filters(tickets.command('export'))
    .description('all of them')
    .addOption(new Option('--csv', 'a table for spreadsheet programs').default(false).conflicts('json'))
    .addHelpText('after', examples('qiao tickets export --csv > tickets.csv', 'qiao tickets export --status closed > tickets.json'))
    .action(actions.exportTickets);

  const agents = program.command('agents').description('who may sign in at the desk');
  agents
    .command('add')
    .description('sign an agent up; prints the token they sign in with, once')
    .requiredOption('--name <name>', 'what customers read')
    .requiredOption('--department <department>', 'where they work, such as 客服部')
    .option('--supervisor', 'is paged, and sees full phone numbers of every ticket', false)
    .option('--email <address>', 'by which Slack knows them')
    .option('--slack <id>', 'their Slack user id')
    .addOption(data())
    .addHelpText(
      'after',
      examples('qiao agents add --name 李老师 --department 客服部', 'qiao agents add --name 王主任 --department 客服部 --supervisor'),
    )
    .action(actions.addAgent);
  agents
    .command('list')
    .description('all of them, with their ids')
    .addOption(json('a JSON array'))
    .addOption(data())
    .addHelpText('after', examples('qiao agents list'))
    .action(actions.listAgents);
  agents
    .command('remove')
    .argument('<id>', 'from the list')
    .description('sign an agent off at once')
    .addOption(data())
    .addHelpText('after', examples('qiao agents remove 3f81c2d0'))
    .action(actions.removeAgent);
  agents
    .command('token')
    .argument('<id>', 'from the list')
    .description('a new token; the old one is over')
    .addOption(data())
    .addHelpText('after', examples('qiao agents token 3f81c2d0'))
    .action(actions.renewToken);

  program
    .command('audit')
    .description('proves that every accepted message ended somewhere with an owner; exit code 1 when one is lost')
    .addOption(json('a JSON object'))
    .addOption(data())
    .addHelpText('after', examples('qiao audit', 'qiao audit --json && echo nothing is lost'))
    .action(actions.audit);

  program
    .command('wecom')
    .description('WeCom customer service (微信客服)')
    .command('directory')
    .description('imports the school directory (家校通讯录): parents are known before they write')
    .option('--account <name>', 'only this one of WECOM_ACCOUNTS')
    .addOption(json())
    .addOption(data())
    .addHelpText('after', examples('qiao wecom directory', 'qiao wecom directory --account school --json'))
    .action(actions.importWecomDirectory);
}
