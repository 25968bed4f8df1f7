/** Whose mail address counts: only our own workspace says it of its own members. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApi } from '../../../adapters/slack/api';
import { createSendQueue } from '../../../adapters/slack/sendQueue';

const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const members: Readonly<Record<string, object>> = {
  U1: { team_id: 'TOURS', profile: { email: 'li@desk.example' } },
  U2: { team_id: 'TTHEIRS', profile: { email: 'li@desk.example' } },
  U3: { profile: { email: 'li@desk.example' } },
  U4: { team_id: 'TOURS', is_email_confirmed: false, profile: { email: 'li@desk.example' } },
};

let server: Server;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const user = new URLSearchParams(body).get('user') ?? '';
    const answer = request.url?.endsWith('auth.test') ? { team_id: 'TOURS' } : { user: members[user] };
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ ok: true, ...answer }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

test.each([
  ['a member', 'U1', 'li@desk.example'],
  ['a visitor from another workspace, who may call himself what he likes', 'U2', null],
  ['somebody of no known workspace', 'U3', null],
  ['a member whose address was never confirmed', 'U4', null],
])('%s', async (_, user, email) => {
  const { port } = server.address() as AddressInfo;
  const options = { botToken: 'xoxb-the-desk', apiUrl: `http://127.0.0.1:${port}/api/`, channel: 'C1', channels: {}, log };
  const queue = createSendQueue({ now: Date.now, wait: async () => undefined, burst: 1, everyMs: 0 });
  const api = createApi(options, queue);
  expect(await api.emailOf(user)).toBe(email);
  queue.close();
});
