/** The command line: what can be asked of `qiao`, with examples. What each command does is handed in. */
import { Command, CommanderError, Option } from 'commander';
import type { Nature, TicketStatus } from '../../dialogs/vocabulary';
import { NATURES, STATUSES } from '../desk/view';
import type { AgentOptions } from './agents';
import { addLearning, type LearningActions } from './learningProgram';
import { UsageError } from './lines';
import { data, examples, json, wholeNumber } from './options';

export type Actions = LearningActions &
  Readonly<{
    serve(): Promise<void>;
    chat(options: Readonly<{ json: boolean; user: string; data?: string; virtualClock: boolean }>): Promise<void>;
    seed(file: string, options: Readonly<{ data?: string }>): Promise<void>;
    ask(text: string, options: Readonly<{ top: number; json: boolean; data?: string }>): Promise<void>;
    understand(text: string, options: Readonly<{ json: boolean; schools?: string; data?: string }>): Promise<void>;
    listTickets(options: Readonly<{ json: boolean; status?: TicketStatus; nature?: Nature; data?: string }>): Promise<void>;
    showTicket(number: string, options: Readonly<{ json: boolean; data?: string }>): Promise<void>;
    exportTickets(options: Readonly<{ csv: boolean; json: boolean; status?: TicketStatus; nature?: Nature; data?: string }>): Promise<void>;
    audit(options: Readonly<{ json: boolean; data?: string }>): Promise<void>;
    addAgent(options: AgentOptions & Readonly<{ data?: string }>): Promise<void>;
    listAgents(options: Readonly<{ json: boolean; data?: string }>): Promise<void>;
    removeAgent(id: string, options: Readonly<{ data?: string }>): Promise<void>;
    importWecomDirectory(options: Readonly<{ account?: string; json: boolean; data?: string }>): Promise<void>;
    renewToken(id: string, options: Readonly<{ data?: string }>): Promise<void>;
    pushMenu(file: string, options: Readonly<{ account?: string }>): Promise<void>;
  }>;

export function createProgram(actions: Actions): Command {
  const program = new Command('qiao').description('Qiao 桥: the service desk of a school-home communication platform').exitOverride();
  program.configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'qiao: ')) });
  program.showHelpAfterError('(qiao --help lists the commands)');
  program.addHelpText(
    'after',
    examples('qiao', 'qiao chat', 'qiao ask 学生卡丢了怎么办', 'qiao tickets list --status open', 'qiao audit') +
      '\nqiao <command> --help says more. Settings are read from the environment and .env; see .env.example.\n',
  );

  program
    .command('serve', { isDefault: true })
    .description('start the desk: web chat, webhook, API')
    .addHelpText('after', examples('qiao', 'PORT=8080 DATA_DIR=/var/lib/qiao qiao serve'))
    .action(actions.serve);
  program
    .command('chat')
    .description('talk to the desk in the terminal; a script may send lines of text or JSON')
    .addOption(json())
    .option('--user <id>', 'who is talking', 'me')
    .option('--virtual-clock', 'time stands still until a line {"advance":"PT15M"}', false)
    .addOption(data())
    .addHelpText(
      'after',
      examples('qiao chat', `echo '怎么退订' | qiao chat --json`, `qiao chat --json --virtual-clock --data /tmp/try < talk.txt`),
    )
    .action(actions.chat);
  program
    .command('ask')
    .argument('<text>', 'a question, or - to read one a line')
    .description('what the desk would answer from: its own articles, with what was taught and published')
    .option('--top <n>', 'how many articles', wholeNumber, 3)
    .addOption(json())
    .addOption(data())
    .addHelpText('after', examples('qiao ask 学生卡丢了怎么办', 'qiao ask - --top 5 --json < questions.txt'))
    .action(actions.ask);
  program
    .command('understand')
    .argument('<text>', 'a message, or - to read one a line: text or {"turns":[{"asked":"phone"|null,"text":"…"}]}')
    .description('intents, fields and articles found in a message')
    .addOption(json())
    .option('--schools <file>', "seed file whose schools make the directory, instead of the desk's own")
    .addOption(data())
    .addHelpText('after', examples('qiao understand "我是实验小学三(2)班王小明妈妈,收不到短信"', 'qiao understand - --json < messages.txt'))
    .action(actions.understand);
  program
    .command('seed')
    .argument('<file>', 'JSON with schools, customers, agents, incidents, calendar, settings, tickets')
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

  const agents = program.command('agents').description('who may sign in at the desk (embedded store: stop the server first)');
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
    .command('wechat-official')
    .description('official accounts of WeChat')
    .command('menu')
    .argument('<file>', 'JSON as the platform has it: {"button":[{"type":"click","name":"转人工","key":"转人工"}]}')
    .description("replace the menu under an account's chat; the key of a click button is said for the customer")
    .option('--account <name>', 'which of WECHAT_OFFICIAL_ACCOUNTS')
    .addHelpText('after', examples('qiao wechat-official menu menu.json', 'qiao wechat-official menu menu.json --account school'))
    .action(actions.pushMenu);
  program
    .command('wecom')
    .description('WeCom customer service (微信客服)')
    .command('directory')
    .description('imports the school directory (家校通讯录): parents are known before they write (embedded store: stop the server first)')
    .option('--account <name>', 'only this one of WECOM_ACCOUNTS')
    .addOption(json())
    .addOption(data())
    .addHelpText('after', examples('qiao wecom directory', 'qiao wecom directory --account school --json'))
    .action(actions.importWecomDirectory);

  program
    .command('audit')
    .description('proves that every accepted message ended somewhere with an owner; exit code 1 when one is lost')
    .addOption(json('a JSON object'))
    .addOption(data())
    .addHelpText('after', examples('qiao audit', 'qiao audit --json && echo nothing is lost'))
    .action(actions.audit);
  addLearning(program, actions);
  return program;
}

/** Runs a command line. Resolves to the exit code: 0 done, 1 failed, 2 wrong use. `say` gets what to tell the person. */
export async function run(program: Command, argv: readonly string[], say: (line: string) => void): Promise<number> {
  try {
    await program.parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError) {
      say(`qiao: ${error.message}`);
      return 2;
    }
    say(`qiao: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}
