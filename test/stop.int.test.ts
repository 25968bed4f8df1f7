/** The built program is told to stop while others owe it an answer: it ends, and what it had still to do it does when it starts again. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createWebServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sign } from '../adapters/signedBody';
import { type Mailbox, openMailbox, PASSWORD, USER } from './support/email/mailbox';
import { write } from './support/email/write';
import { qiao, startServer } from './support/program';
import { message, personal } from './support/teams/activities';
import { createSigning } from './support/teams/signing';
import { until } from './support/until';

/** Takes every connection and says nothing. */
type Silent = Readonly<{ port: number; url: string; met(): number; close(): void }>;

async function openSilent(): Promise<Silent> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    socket.resume();
  });
  const port = await listening(server);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    met: () => sockets.length,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Docker ends a program by force ten seconds after it told it to stop. */
const ENDS_WITHIN_MS = 45_000;
const SECRET = 'secret of the gateway';

describe('told to stop', () => {
  let folder: string;
  let silent: Silent;
  let mailbox: Mailbox;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'qiao-stop-'));
    silent = await openSilent();
    mailbox = await openMailbox();
  });
  afterEach(async () => {
    silent.close();
    await mailbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const mail = (imap: number) => ({
    EMAIL_ACCOUNTS: JSON.stringify([
      {
        account: 'help',
        address: 'help@school.example',
        imap: { host: '127.0.0.1', port: imap, secure: false, user: USER, password: PASSWORD },
        smtp: { host: '127.0.0.1', port: silent.port, secure: false },
      },
    ]),
  });
  const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_CHANNEL: 'C0123456789' };
  const APP = '11111111-1111-4111-8111-111111111111';
  const post = (url: string, headers: Record<string, string>, body: string) => fetch(url, { method: 'POST', headers, body });
  const write1 = () => write({ from: 'wang@parents.example', to: 'help@school.example', text: '怎么退订' });
  const activity = (serviceUrl: string) => JSON.stringify({ ...personal('u'), serviceUrl, ...message('1', '怎么退订') });

  const owing: Record<string, () => Readonly<{ env: Record<string, string>; ask?: (url: string) => Promise<unknown> }>> = {
    'an IMAP server': () => ({ env: mail(silent.port) }),
    'an SMTP server': () => ({
      env: mail(mailbox.port),
      async ask() {
        await until(() => mailbox.asked('IDLE') > 0, 'the mailbox is read');
        mailbox.deliver(await write1());
      },
    }),
    'Slack’s Web API': () => ({ env: { ...slack, SLACK_APP_TOKEN: 'xapp-1', SLACK_API_URL: `${silent.url}/api/` } }),
    'Microsoft’s keys': () => ({
      env: {
        TEAMS_ACCOUNTS: JSON.stringify([{ account: 'school', type: 'MultiTenant', appId: APP, appPassword: 'x' }]),
        TEAMS_OPENID_URL: `${silent.url}/keys`,
      },
      async ask(url) {
        const authorization = createSigning().authorization({ aud: APP, serviceurl: silent.url });
        post(`${url}/channels/teams/school`, { authorization }, activity(silent.url)).catch(() => undefined);
      },
    }),
    'the service of a Teams chat': () => ({
      env: { TEAMS_ACCOUNTS: JSON.stringify([{ account: 'school', development: true }]) },
      ask: (url) => post(`${url}/channels/teams/school`, {}, activity(silent.url)),
    }),
  };

  test.each(Object.keys(owing))(
    'it ends, although %s takes its connection and never answers',
    async (who) => {
      const { env, ask } = owing[who]?.() ?? { env: {} };
      const server = await startServer(folder, env);
      await ask?.(server.url);
      await until(() => silent.met() > 0, `${who} is asked`);
      expect((await server.stop()).code).toBe(0);
    },
    ENDS_WITHIN_MS,
  );

  test('it ends although a reply waits for its next try, and so does a command that could not send it either', async () => {
    let asked = 0;
    const gateway = createWebServer((request, response) => {
      asked += 1;
      request.resume().on('end', () => response.writeHead(503).end());
    });
    const callback = `http://127.0.0.1:${await listening(gateway)}/`;
    const env = { WEBHOOK_ACCOUNTS: JSON.stringify([{ account: 'sms', secret: SECRET, callback }]) };
    const server = await startServer(folder, env);
    const body = JSON.stringify({ id: 'm1', user: 'u1', text: '怎么退订' });
    const signed = { 'x-qiao-signature': sign(body, SECRET), 'x-qiao-timestamp': String(Math.floor(Date.now() / 1000)) };
    await post(`${server.url}/channels/webhook/sms`, signed, body);
    await until(() => asked > 1, 'it was tried again');
    expect(await server.stop()).toMatchObject({ code: 0, err: expect.not.stringContaining('closed') });
    expect((await qiao(['audit', '--json'], folder, '', env)).out).toContain('"lost":0');
    gateway.close();
  }, 60_000);
});
