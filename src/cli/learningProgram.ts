/** The commands by which people see what the desk could not answer, and teach it. */
import { type Command, Option } from 'commander';
import { data, examples, json, wholeNumber } from './options';

type Lesson = Readonly<{ by: string; dryRun: boolean; json: boolean; data?: string }>;

export type LearningActions = Readonly<{
  checkArticles(): Promise<void>;
  gaps(options: Readonly<{ json: boolean; top: number; days: number; data?: string }>): Promise<void>;
  learn(article: string, text: string, options: Lesson): Promise<void>;
  forget(text: string, options: Readonly<{ data?: string }>): Promise<void>;
  addArticle(file: string, options: Lesson & Readonly<{ ticket?: string }>): Promise<void>;
  withdrawArticle(id: string, options: Readonly<{ data?: string }>): Promise<void>;
  drafts(options: Readonly<{ json: boolean; data?: string }>): Promise<void>;
  writeDraft(ticket: string, file: string, options: Readonly<{ data?: string }>): Promise<void>;
  dropDraft(ticket: string, options: Readonly<{ by: string; data?: string }>): Promise<void>;
}>;

export function addLearning(program: Command, actions: LearningActions): void {
  const articles = program.command('articles').description('the knowledge base');
  articles
    .command('check')
    .description('runs the questions every article must and must not match; exit code 1 names what broke')
    .addHelpText('after', examples('qiao articles check'))
    .action(actions.checkArticles);
  const by = () => new Option('--by <name>', 'who decides').default('qiao');
  const lesson = (command: Command) =>
    command
      .addOption(by())
      .option('--dry-run', 'show what would change and keep nothing', false)
      .addOption(json('a JSON object'))
      .addOption(data());
  lesson(articles.command('add'))
    .argument('<file>', 'an article with front matter, as knowledge/README.md says')
    .description('publish an article when no promise breaks; shows which questions find something else then')
    .option('--ticket <number>', 'the ticket whose resolution it was')
    .addHelpText('after', examples('qiao articles add draft.md --dry-run', 'qiao articles add draft.md --by 王主任'))
    .action(actions.addArticle);
  articles
    .command('withdraw')
    .argument('<id>', 'an article that was published with add')
    .description('take a published article back')
    .addOption(data())
    .addHelpText('after', examples('qiao articles withdraw meal-card'))
    .action(actions.withdrawArticle);

  program
    .command('gaps')
    .description('questions the desk could not answer or answered without helping, those that ask the same together')
    .option('--top <n>', 'how many groups', wholeNumber, 20)
    .option('--days <n>', 'how far back', wholeNumber, 30)
    .addOption(json())
    .addOption(data())
    .addHelpText('after', examples('qiao gaps', 'qiao gaps --days 7 --top 50 --json'))
    .action(actions.gaps);
  lesson(program.command('learn'))
    .argument('<article>', 'the id of the article that answers it')
    .argument('<text>', 'how people ask')
    .description('teach a wording when no promise breaks; shows which questions find something else then')
    .addHelpText('after', examples('qiao learn card-lost 孩子的牌牌不见了 --by 李老师', 'qiao learn card-lost 孩子的牌牌不见了 --dry-run'))
    .action(actions.learn);
  program
    .command('forget')
    .argument('<text>', 'a wording that was taught')
    .description('take a taught wording back')
    .addOption(data())
    .addHelpText('after', examples('qiao forget 孩子的牌牌不见了'))
    .action(actions.forget);
  const drafts = program
    .command('drafts')
    .description('what agents found out in tickets, proposed as articles')
    .addOption(json())
    .addOption(data());
  drafts.addHelpText('after', examples('qiao drafts', 'qiao drafts write 20261122-0007 draft.md', 'qiao drafts drop 20261122-0007'));
  drafts.action(actions.drafts);
  drafts
    .command('write')
    .argument('<number>', 'the ticket')
    .argument('<file>', 'where to write it; must not exist yet')
    .description('write a draft out as a file to be edited and published with qiao articles add')
    .addOption(data())
    .action(actions.writeDraft);
  drafts
    .command('drop')
    .argument('<number>', 'the ticket')
    .description('do not propose it again')
    .addOption(by())
    .addOption(data())
    .action(actions.dropDraft);
}
