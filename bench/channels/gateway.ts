/** A gateway of our own webhook: posts what customers write, signed, and takes the callbacks. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sign } from '../../adapters/signedBody';

const ACCOUNT = 'sms';
const SECRET = 'the secret of the bench';

export type Gateway = Readonly<{
  environment: Readonly<Record<string, string>>;
  /** Rejects when the desk does not take it. */
  say(desk: string, id: string, user: string, text: string): Promise<void>;
  close(): Promise<void>;
}>;

/** `onGot` hears of each reply that a customer gets. */
export async function openGateway(onGot: (user: string, text: string) => void): Promise<Gateway> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    response.writeHead(200).end();
    const { user, replies } = JSON.parse(Buffer.concat(parts).toString('utf8'));
    onGot(user, replies.map((reply: { text?: string }) => reply.text ?? '').join('\n'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const callback = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    environment: { WEBHOOK_ACCOUNTS: JSON.stringify([{ account: ACCOUNT, secret: SECRET, callback }]) },
    async say(desk, id, user, text) {
      const body = JSON.stringify({ id, user, text });
      const headers = { 'x-qiao-signature': sign(body, SECRET), 'x-qiao-timestamp': String(Math.floor(Date.now() / 1_000)) };
      const response = await fetch(`${desk}/channels/webhook/${ACCOUNT}`, { method: 'POST', body, headers });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`the desk answered ${response.status}`);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
