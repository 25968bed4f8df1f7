import { UsageError } from '../../src/cli/lines';
import { type Actions, createProgram, run } from '../../src/cli/program';

const nothing = async (): Promise<void> => undefined;
const actions: Actions = {
  serve: nothing,
  chat: nothing,
  seed: nothing,
  ask: nothing,
  understand: nothing,
  listTickets: nothing,
  showTicket: nothing,
  exportTickets: nothing,
  audit: nothing,
  checkArticles: nothing,
  gaps: nothing,
  learn: nothing,
  forget: nothing,
  addArticle: nothing,
  withdrawArticle: nothing,
  drafts: nothing,
  writeDraft: nothing,
  dropDraft: nothing,
  addAgent: nothing,
  listAgents: nothing,
  removeAgent: nothing,
  renewToken: nothing,
  pushMenu: nothing,
  importWecomDirectory: nothing,
};

async function typed(argv: readonly string[], more: Partial<Actions> = {}): Promise<Readonly<{ code: number; said: string }>> {
  let said = '';
  const say = (text: string): void => {
    said += text;
  };
  const program = createProgram({ ...actions, ...more });
  const all = [program, ...program.commands.flatMap((command) => [command, ...command.commands])];
  for (const command of all) command.configureOutput({ writeOut: say, writeErr: say, outputError: (text) => say(text) });
  return { code: await run(program, argv, say), said };
}

describe('the command line', () => {
  test.each([
    [],
    ['serve'],
    ['chat'],
    ['ask'],
    ['understand'],
    ['seed'],
    ['gaps'],
    ['learn'],
    ['forget'],
    ['drafts'],
    ['articles', 'add'],
    ['tickets', 'list'],
    ['tickets', 'show'],
    ['tickets', 'export'],
    ['agents', 'add'],
    ['agents', 'list'],
    ['agents', 'remove'],
    ['agents', 'token'],
    ['audit'],
    ['articles', 'check'],
  ])('%s %s helps with examples', async (...command) => {
    const { code, said } = await typed([...command.filter(Boolean), '--help']);
    expect([code, said]).toEqual([0, expect.stringMatching(/Examples:\n {2}\$ /)]);
  });

  test('a status that does not exist is refused with those that do', async () => {
    expect(await typed(['tickets', 'list', '--status', 'opne'])).toEqual({ code: 2, said: expect.stringContaining('resolved') });
  });

  test('wrong use ends with 2, a failure with 1, both in one line', async () => {
    const failing = (error: Error) => typed(['audit'], { audit: () => Promise.reject(error) });
    expect(await failing(new UsageError('say which'))).toEqual({ code: 2, said: 'qiao: say which' });
    expect(await failing(new Error('the disk is full'))).toEqual({ code: 1, said: 'qiao: the disk is full' });
  });
});
