/** `qiao agents`: who may sign in at the desk. A token is shown once; only its hash is kept. */

import { randomBytes } from 'node:crypto';
import { OPEN_STATUSES } from '../../dialogs/vocabulary';
import { addAgent, giveToken, type NewAgent } from '../people/agents';
import { newSecret } from '../secrets';
import type { Store } from '../store/store';
import { print, printJson, type Terminal, UsageError } from './lines';

export type AgentOptions = Readonly<{ name: string; department: string; supervisor: boolean; email?: string; slack?: string }>;

export async function addAgentCommand(terminal: Terminal, store: Store, options: AgentOptions, at: Date): Promise<void> {
  const name = options.name.trim();
  const department = options.department.trim();
  if (name === '' || department === '') throw new UsageError('say who it is: --name 李老师 --department 客服部');
  const agent: NewAgent = { ...options, id: randomBytes(4).toString('hex'), name, department };
  const token = newSecret();
  if (!(await addAgent(store, agent, token, at))) {
    throw new UsageError('this e-mail or Slack id belongs to an agent already; see qiao agents list');
  }
  print(terminal, `已添加 added：${name}（${department}${options.supervisor ? '，主管' : ''}），编号 id ${agent.id}`);
  showToken(terminal, token);
}

export async function renewTokenCommand(terminal: Terminal, store: Store, id: string, at: Date): Promise<void> {
  const token = newSecret();
  const agent = await giveToken(store, id, token, at);
  if (!agent) throw new UsageError(unknown(id));
  print(terminal, `${agent.name} 的旧口令已失效 / the old token of ${agent.name} is over`);
  showToken(terminal, token);
}

/** Their open tickets stay theirs until somebody takes them over, so it is said how many there are. */
export async function removeAgentCommand(terminal: Terminal, store: Store, id: string): Promise<void> {
  const agent = await store.agents.get(id);
  if (!agent) throw new UsageError(unknown(id));
  await store.agents.remove({ _id: id });
  const held = await store.tickets.count({ assignee: id, status: { $in: OPEN_STATUSES } });
  print(terminal, `已移除 removed：${agent.name}`);
  if (held > 0)
    print(terminal, `还有 ${held} 条未办结的工单在 ${agent.name} 名下，请在工作台接手或转派 / ${held} open tickets to take over`);
}

export async function listAgentsCommand(terminal: Terminal, store: Store, { json }: Readonly<{ json: boolean }>): Promise<void> {
  const agents = (await store.agents.find({}, { sort: { _id: 1 } })).map(({ _id, name, department, roles, email, slack, token }) => ({
    id: _id,
    name,
    department: department ?? null,
    supervisor: roles.includes('supervisor'),
    email: email ?? null,
    slack: slack ?? null,
    token: token !== undefined,
  }));
  if (json) return printJson(terminal, agents);
  if (agents.length === 0) return print(terminal, '还没有坐席 / no agents yet：qiao agents add --name 李老师 --department 客服部');
  for (const { id, name, department, supervisor, email, token } of agents) {
    const more = [department, supervisor && '主管', email, !token && '无口令'].filter(Boolean);
    print(terminal, [id, name, ...more].join('  '));
  }
}

const unknown = (id: string): string => `there is no agent ${id}; qiao agents list shows their ids`;

function showToken(terminal: Terminal, token: string): void {
  print(terminal, `口令 token（只显示这一次 / shown only now）：${token}`);
  print(terminal, `登录 sign in：<服务地址 address>/desk`);
}
