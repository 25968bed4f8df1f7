/** Who works at the desk, found by the name a desk knows them under. */
import { createHash } from 'node:crypto';
import type { Agent } from '../../adapters/desk';
import type { AgentDoc } from '../store/documents';
import type { Store } from '../store/store';

/** Only hashes of tokens are stored: whoever reads the store cannot sign in with them. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url');

export type Known = Readonly<{ slack?: string; email?: string; token?: string }>;

/** Null when nobody is registered under any of it. A Slack id found by mail is remembered. */
export async function findAgent(store: Pick<Store, 'agents'>, { slack, email, token }: Known): Promise<Agent | null> {
  const one = async (filter: Readonly<Record<string, string>>) => (await store.agents.find(filter, { limit: 1 }))[0];
  const found =
    (slack && (await one({ slack }))) ||
    (token && (await one({ token: tokenHash(token) }))) ||
    (email && (await one({ email: email.toLowerCase() })));
  if (!found) return null;
  if (slack && found.slack === undefined) await store.agents.update({ _id: found._id }, { $set: { slack } });
  return agentOf(found);
}

export async function listAgents(store: Pick<Store, 'agents'>): Promise<readonly Agent[]> {
  return (await store.agents.find({}, { sort: { _id: 1 } })).map(agentOf);
}

function agentOf({ _id, name, department, roles, tokenAt }: AgentDoc): Agent {
  return {
    id: _id,
    name,
    ...(department !== undefined && { department }),
    supervisor: roles.includes('supervisor'),
    ...(tokenAt && { tokenSince: tokenAt.getTime() }),
  };
}
