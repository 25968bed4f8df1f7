/** What the commands of ./storeProgram.ts do with an open store. */
import type { Audit } from '../conversation/conversations';
import type { Store } from '../store/store';
import { addAgentCommand, listAgentsCommand, removeAgentCommand, renewTokenCommand } from './agents';
import { auditCommand } from './audit';
import type { Terminal } from './lines';
import type { StoreActions } from './storeProgram';
import { exportTickets, listTickets, showTicket } from './tickets';

/** `data` names the folder of an embedded store other than the configured one. */
export type Using = (
  data: string | undefined,
  use: (desk: Readonly<{ store: Store; audit: () => Promise<Audit> }>) => Promise<void>,
) => Promise<void>;

/** `ended` is told the exit code of a command that has one of its own. */
export function storeActions(terminal: Terminal, using: Using, ended: (code: number) => void): StoreActions {
  return {
    listTickets: ({ data, ...rest }) => using(data, ({ store }) => listTickets(terminal, store, rest)),
    showTicket: (number, { data, json }) => using(data, ({ store }) => showTicket(terminal, store, number, { json })),
    exportTickets: ({ data, json: _, ...rest }) => using(data, ({ store }) => exportTickets(terminal, store, rest)),
    audit: ({ data, json }) => using(data, async ({ audit }) => ended(auditCommand(terminal, await audit(), { json }))),
    addAgent: ({ data, ...rest }) => using(data, ({ store }) => addAgentCommand(terminal, store, rest, new Date())),
    listAgents: ({ data, ...rest }) => using(data, ({ store }) => listAgentsCommand(terminal, store, rest)),
    removeAgent: (id, { data }) => using(data, ({ store }) => removeAgentCommand(terminal, store, id)),
    renewToken: (id, { data }) => using(data, ({ store }) => renewTokenCommand(terminal, store, id, new Date())),
  };
}
