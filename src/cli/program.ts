/** The command line: what can be asked of `qiao`, with examples. What each command does is handed in. */
import { Command, CommanderError } from 'commander';
import { addLearning, type LearningActions } from './learningProgram';
import { UsageError } from './lines';
import { data, examples, json, wholeNumber } from './options';
import { addStoreCommands, type StoreActions } from './storeProgram';

export type Actions = LearningActions &
  StoreActions &
  Readonly<{
    serve(): Promise<void>;
    chat(options: Readonly<{ json: boolean; user: string; data?: string; virtualClock: boolean }>): Promise<void>;
    ask(text: string, options: Readonly<{ top: number; json: boolean; data?: string }>): Promise<void>;
    understand(text: string, options: Readonly<{ json: boolean; schools?: string; data?: string }>): Promise<void>;
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
  addStoreCommands(program, actions);
  program
    .command('wechat-official')
    .description('official accounts of WeChat')
    .command('menu')
    .argument('<file>', 'JSON as the platform has it: {"button":[{"type":"click","name":"转人工","key":"转人工"}]}')
    .description("replace the menu under an account's chat; the key of a click button is said for the customer")
    .option('--account <name>', 'which of WECHAT_OFFICIAL_ACCOUNTS')
    .addHelpText('after', examples('qiao wechat-official menu menu.json', 'qiao wechat-official menu menu.json --account school'))
    .action(actions.pushMenu);

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
