/** What the commands of ./storeProgram.ts do with an open store. */
import type { CommandLine } from '../api/commands';
import type { Audit } from '../conversation/conversations';
import type { Store } from '../store/store';
import { addAgentCommand, listAgentsCommand, removeAgentCommand, renewTokenCommand } from './agents';
import { auditCommand } from './audit';
import { directoryCommand, type ReadDirectory } from './directory';
import { print, type Terminal, UsageError } from './lines';
import { seedCommand } from './seed';
import type { StoreActions } from './storeProgram';
import { exportTickets, listTickets, showTicket } from './tickets';

export type StoreDesk = Readonly<{
  store: Store;
  audit(): Promise<Audit>;
  /** The school directories of WeCom that are configured; `account` is the only one meant. */
  directories(account: string | undefined): Promise<readonly Readonly<{ account: string; read: ReadDirectory }>[]>;
  /** A desk at work here has read its settings already. */
  atWork?: true;
}>;

export type Around = Readonly<{
  /** `data` names the folder of an embedded store other than the configured one; `sent` is what a server is asked in place of this very command line. */
  using(data: string | undefined, use: (desk: StoreDesk) => Promise<void>, sent?: CommandLine): Promise<void>;
  /** What a file holds; - is the standard input. */
  read(file: string): Promise<string>;
  /** Told the exit code of a command that has one of its own. */
  ended(code: number): void;
}>;

export function storeActions(terminal: Terminal, { using, read, ended }: Around): StoreActions {
  return {
    listTickets: ({ data, ...rest }) => using(data, ({ store }) => listTickets(terminal, store, rest)),
    showTicket: (number, { data, json }) => using(data, ({ store }) => showTicket(terminal, store, number, { json })),
    exportTickets: ({ data, json: _, ...rest }) => using(data, ({ store }) => exportTickets(terminal, store, rest)),
    audit: ({ data, json }) => using(data, async ({ audit }) => ended(auditCommand(terminal, await audit(), { json }))),
    addAgent: ({ data, ...rest }) => using(data, ({ store }) => addAgentCommand(terminal, store, rest, new Date())),
    listAgents: ({ data, ...rest }) => using(data, ({ store }) => listAgentsCommand(terminal, store, rest)),
    removeAgent: (id, { data }) => using(data, ({ store }) => removeAgentCommand(terminal, store, id)),
    renewToken: (id, { data }) => using(data, ({ store }) => renewTokenCommand(terminal, store, id, new Date())),
    async seed(file, { data }) {
      const input = await read(file);
      const write = async ({ store, atWork }: StoreDesk): Promise<void> => {
        const { settings } = await seedCommand(terminal, store, { file, text: input }, new Date());
        if (atWork && settings) print(terminal, '设置在服务重启后生效 / settings take effect when the server is started again');
      };
      // Whose files they are is this process's user; the server need not be able to read them.
      await using(data, write, { argv: ['seed', '-'], input });
    },
    importWecomDirectory: ({ data, account, json }) =>
      using(data, async ({ store, directories }) => {
        const configured = await directories(account);
        if (configured.length === 0)
          throw new UsageError(account ? `WECOM_ACCOUNTS has no account ${account}` : 'set WECOM_ACCOUNTS first');
        await directoryCommand(terminal, store, configured, { json, at: new Date() });
      }),
  };
}
