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

export type NewAgent = Readonly<{ id: string; name: string; department: string; supervisor: boolean; email?: string; slack?: string }>;

/** Signs an agent up; null when the id, the mail or the Slack id is somebody's already. */
export async function addAgent(store: Pick<Store, 'agents'>, agent: NewAgent, token: string, at: Date): Promise<Agent | null> {
  const { id, name, department, supervisor, slack } = agent;
  const email = agent.email?.toLowerCase();
  const known = [{ _id: id }, ...(email ? [{ email }] : []), ...(slack ? [{ slack }] : [])];
  if ((await store.agents.count({ $or: known })) > 0) return null;
  const doc: AgentDoc = {
    _id: id,
    name,
    department,
    roles: supervisor ? ['agent', 'supervisor'] : ['agent'],
    ...(email && { email }),
    ...(slack && { slack }),
    token: tokenHash(token),
    tokenAt: at,
  };
  return (await store.agents.insert(doc)).inserted ? agentOf(doc) : null;
}

/** From now on only this token signs in, and whoever was signed in is not any more; null when there is no such agent. */
export async function giveToken(store: Pick<Store, 'agents'>, id: string, token: string, at: Date): Promise<Agent | null> {
  const changed = await store.agents.update({ _id: id }, { $set: { token: tokenHash(token), tokenAt: at } });
  return changed && agentOf(changed);
}
