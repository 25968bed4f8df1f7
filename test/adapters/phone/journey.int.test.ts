/** The built server with a PBX on the line: from the first ring to a stored ticket, over HTTP alone. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tellCall } from '../../support/pbx';
import { startServer } from '../../support/program';

test('a call rings, is answered and registered, and its ticket is there after a restart', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'qiao-phone-'));
  const [secret, token] = ['secret of the only PBX', 'token of the API, long'];
  const env = { API_TOKEN: token, PHONE_ACCOUNTS: JSON.stringify([{ account: 'main', secret, extensions: { '8001': 'li' } }]) };
  const json = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  let server = await startServer(dir, env);
  try {
    const tells = async (event: object) => (await tellCall(server.url, event, { secret })).status;
    const ringing = { call: '20261122-77', event: 'ringing', caller: '+86 138 0013 8000', called: '0771-2345678' };
    expect([
      await tells(ringing),
      await tells(ringing),
      await tells({ call: '20261122-77', event: 'answered', extension: '8001' }),
    ]).toEqual([202, 202, 202]);
    const values = { school: '实验小学', class: '三年级2班', name: '王小明', phone: '13800138000', issue: '收不到作业短信' };
    const registration = { id: 'r1', agent: 'li', agentName: '李老师', values, confirmed: true };
    const registered = await fetch(`${server.url}/api/calls/phone:main:20261122-77/ticket`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify(registration),
    });
    expect(registered.status).toBe(201);
    const { ticket } = (await registered.json()) as { ticket: string };
    await server.stop();
    server = await startServer(dir, env);
    const read = await (await fetch(`${server.url}/api/tickets/${ticket}`, { headers: json })).json();
    expect(read).toMatchObject({ ticket: { number: ticket, channel: 'phone', assignee: '李老师', fields: { issue: '收不到作业短信' } } });
    const call = await (await fetch(`${server.url}/api/calls/phone:main:20261122-77`, { headers: json })).json();
    expect(call).toMatchObject({ state: 'answered', caller: '138****8000', registered: [ticket], tickets: [{ number: ticket }] });
  } finally {
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  }
});
