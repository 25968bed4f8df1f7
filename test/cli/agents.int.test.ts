/** Agents as the command line signs them up, on a store in memory. */
import { PassThrough } from 'node:stream';
import { addAgentCommand, listAgentsCommand, removeAgentCommand, renewTokenCommand } from '../../src/cli/agents';
import { findAgent } from '../../src/people/agents';
import { createEmbeddedStore } from '../../src/store/embedded';
import { anyTicket } from '../support/anyTicket';

const at = new Date('2026-11-23T10:00:00+08:00');
const li = { name: '李老师', department: '客服部', supervisor: false };

async function desk() {
  const store = await createEmbeddedStore({ memory: true });
  const output = new PassThrough().setEncoding('utf8');
  const terminal = { input: new PassThrough(), output, error: new PassThrough() };
  const said = (): string => output.read() ?? '';
  const tokenIn = (text: string): string => /：([\w-]{32})$/m.exec(text)?.[1] ?? '';
  return { store, terminal, said, tokenIn };
}

describe('qiao agents', () => {
  test('an agent who is added signs in with the token shown, and only its hash is kept', async () => {
    const { store, terminal, said, tokenIn } = await desk();
    await addAgentCommand(terminal, store, { ...li, email: 'Li@example.com', supervisor: true }, at);
    const token = tokenIn(said());
    expect(await findAgent(store, { token })).toMatchObject({ name: '李老师', supervisor: true, tokenSince: at.getTime() });
    expect(await findAgent(store, { email: 'li@example.com' })).toMatchObject({ name: '李老师' });
    expect(JSON.stringify(await store.agents.find({}))).not.toContain(token);
  });

  test('a new token ends the old one', async () => {
    const { store, terminal, said, tokenIn } = await desk();
    await addAgentCommand(terminal, store, li, at);
    const old = tokenIn(said());
    const [agent] = await store.agents.find({});
    await renewTokenCommand(terminal, store, agent?._id ?? '', at);
    expect(await findAgent(store, { token: old })).toBeNull();
    expect(await findAgent(store, { token: tokenIn(said()) })).toMatchObject({ name: '李老师' });
  });

  test('two agents never share a mail address', async () => {
    const { store, terminal } = await desk();
    await addAgentCommand(terminal, store, { ...li, email: 'li@example.com' }, at);
    await expect(addAgentCommand(terminal, store, { ...li, email: 'LI@example.com' }, at)).rejects.toThrow('belongs to an agent already');
  });

  test('who is removed is gone, and the tickets they leave are counted', async () => {
    const { store, terminal, said } = await desk();
    await addAgentCommand(terminal, store, li, at);
    const [agent] = await store.agents.find({});
    const id = agent?._id ?? '';
    await store.tickets.insert(anyTicket({ createdAt: at, status: 'assigned', assignee: id }));
    said();
    await removeAgentCommand(terminal, store, id);
    expect(said()).toContain('还有 1 条未办结的工单');
    await listAgentsCommand(terminal, store, { json: false });
    expect(said()).toContain('还没有坐席');
    await expect(removeAgentCommand(terminal, store, id)).rejects.toThrow('qiao agents list');
  });

  test('the list names everybody, as text and as JSON', async () => {
    const { store, terminal, said } = await desk();
    await addAgentCommand(terminal, store, li, at);
    said();
    await listAgentsCommand(terminal, store, { json: false });
    expect(said()).toMatch(/^[0-9a-f]{8} {2}李老师 {2}客服部\n$/);
    await listAgentsCommand(terminal, store, { json: true });
    expect(JSON.parse(said())).toMatchObject([{ name: '李老师', supervisor: false, token: true }]);
  });
});
