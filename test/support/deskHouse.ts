/** The whole house with agents in it, customers who write through the signed webhook, and the desks under test. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sign } from '../../adapters/signedBody';
import type { Workplace } from '../../src/serve';
import type { AgentDoc } from '../../src/store/documents';
import { openRealDesk, type RealDesk } from './realDesk';

export type DeskHouse = RealDesk &
  Readonly<{
    /** A customer writes; resolves once it is answered, to the answers. */
    says(customer: string, text: string): Promise<readonly string[]>;
    /** Everything a customer was told so far. */
    heard(customer: string): Promise<readonly string[]>;
    /** The number of the customer's ticket. */
    ticketOf(customer: string): Promise<string>;
  }>;

export const agents: readonly AgentDoc[] = [
  { _id: 'li', name: '李老师', email: 'li@desk.example', roles: ['agent'] },
  { _id: 'zhao', name: '赵老师', email: 'zhao@desk.example', roles: ['agent'] },
  { _id: 'sun', name: '孙主管', email: 'sun@desk.example', roles: ['agent', 'supervisor'] },
];

export const SMS = { account: 'sms', secret: 'secret of the sms gateway' } as const;

/** With `callback` what is not an answer to the customer's own message is posted there. */
export async function openDeskHouse(workplaces: readonly Workplace[], callback?: string): Promise<DeskHouse> {
  const dir = await mkdtemp(join(tmpdir(), 'qiao-desk-'));
  const house = await openRealDesk(dir, dir, { desks: workplaces, webhook: [{ ...SMS, ...(callback !== undefined && { callback }) }] });
  for (const agent of agents) await house.store.agents.insert(agent);
  let sent = 0;

  async function ask(path: string, body?: string) {
    const headers = {
      'x-qiao-signature': sign(body ?? path, SMS.secret),
      'x-qiao-timestamp': String(Math.floor(Date.now() / 1000)),
    };
    const response = await fetch(`${house.url}${path}`, body === undefined ? { headers } : { method: 'POST', headers, body });
    return response.json();
  }

  return {
    ...house,
    async says(customer, text) {
      sent += 1;
      const body = JSON.stringify({ id: `m${sent}`, user: customer, text, at: house.now() });
      const { replies } = await ask(`/channels/webhook/${SMS.account}?reply=sync`, body);
      await house.conversations.idle();
      return (replies ?? []).map((one: { text: string }) => one.text);
    },
    async heard(customer) {
      const { messages } = await ask(`/channels/webhook/${SMS.account}/messages?user=${customer}&after=0`);
      return messages.flatMap(({ replies = [] }: { replies?: { text: string }[] }) => replies.map(({ text }) => text));
    },
    async ticketOf(customer) {
      const [ticket] = await house.store.tickets.find({ conversation: `webhook:${SMS.account}:${customer}` }, { limit: 1 });
      if (!ticket) throw new Error(`${customer} has no ticket`);
      return ticket._id;
    },
    async close() {
      await house.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
