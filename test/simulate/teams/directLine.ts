/** Web Chat's road without its vendor: an offline Direct Line, Microsoft's own client for it, and a switch that takes it off the net. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DirectLine } from 'botframework-directlinejs';
import express from 'express';
import { getRouter } from 'offline-directline/dist/bridge';
import { WebSocket } from 'ws';
import { type Said, shownText } from '../../support/teams/platform';

/** Whoever wrote before the desk was told where to post. */
const NOWHERE = 'http://127.0.0.1:9';

export type Chatter = Readonly<{
  id: string;
  name: string;
  conversation(): string;
  /** Resolves once the desk has acknowledged. */
  post(activity: Readonly<Record<string, unknown>>): Promise<void>;
  /** The next thing said to them, once it is. */
  next(): Promise<Said & Readonly<{ shown: string }>>;
  /** What came and nobody has read yet. */
  waiting(): number;
  leave(): void;
}>;

export type OfflineDirectLine = Readonly<{
  url: string;
  connect(bot: string): void;
  /** As long as it is away nothing can be said to anybody. */
  away(is: boolean): void;
  /** Puts a file where customers' files lie. */
  put(name: string, type: string, bytes: Uint8Array): string;
  chat(id: string, name: string): Promise<Chatter>;
  close(): Promise<void>;
}>;

export async function openDirectLine(): Promise<OfflineDirectLine> {
  const files = new Map<string, Readonly<{ type: string; bytes: Uint8Array }>>();
  let isAway = false;
  const app = express().disable('x-powered-by');
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server has one
  // The client was made for browsers.
  const { XMLHttpRequest } = await import('xhr2');
  Object.assign(globalThis, { XMLHttpRequest, WebSocket });
  app.use('/v3/conversations', (_, response, next) => void (isAway ? response.destroy() : next()));
  app.get('/shared/:name', (request, response) => {
    const file = files.get(request.params.name);
    if (file) response.type(file.type).send(Buffer.from(file.bytes));
    else response.sendStatus(404);
  });

  return {
    url,
    connect: (bot) => void app.use(getRouter(url, bot || NOWHERE)),
    away(is) {
      isAway = is;
    },
    put(name, type, bytes) {
      files.set(name, { type, bytes });
      return `${url}/shared/${name}`;
    },
    chat: (id, name) => join(`${url}/directline`, id, name),
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function join(domain: string, id: string, name: string): Promise<Chatter> {
  const line = new DirectLine({ domain, secret: 'of nobody', webSocket: false, pollingInterval: 200 });
  const said: Said[] = [];
  const wakes: (() => void)[] = [];
  let read = 0;
  const reading = line.activity$.subscribe((activity) => {
    if (activity.type !== 'message' || activity.from.id === id) return;
    // What our own channel sent is what the other side reads.
    said.push(activity as unknown as Said);
    for (const wake of wakes.splice(0)) wake();
  });
  return {
    id,
    name,
    // Set by the first answer of the service; nothing is posted before.
    conversation: () => (line as unknown as { conversationId: string }).conversationId,
    post: (activity) =>
      new Promise((resolve, reject) => {
        // Its types know three kinds of activity; the wire knows more.
        const sent = { type: 'message', from: { id, name }, locale: 'zh-CN', ...activity } as Parameters<DirectLine['postActivity']>[0];
        line.postActivity(sent).subscribe(() => resolve(), reject);
      }),
    async next() {
      while (read >= said.length) await new Promise<void>((wake) => wakes.push(wake));
      const one = said[read] as Said; // the loop waited for it
      read += 1;
      return { ...one, shown: shownText(one) };
    },
    waiting: () => said.length - read,
    leave() {
      reading.unsubscribe();
      line.end();
    },
  };
}
