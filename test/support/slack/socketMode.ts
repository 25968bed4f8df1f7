/** Slack's side of Socket Mode: gives out addresses, greets, sends envelopes and keeps their acknowledgements. Other calls go on to a workspace. */
import { EventEmitter, once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export type SocketMode = Readonly<{
  /** For SLACK_API_URL. */
  api: string;
  /** Resolves once that many sockets were opened in all. */
  opened(times: number): Promise<void>;
  /** Sends an envelope over the newest socket; resolves to what it was acknowledged with. */
  send(type: 'events_api' | 'interactive', payload: object, retry?: number): Promise<unknown>;
  /** The newest socket is cut off, without a goodbye. */
  cut(): void;
  /** Slack asks the app to come back over another socket. */
  refresh(): void;
  /** Addresses are refused until it is called with null. */
  refuse(status: number | null): void;
  close(): Promise<void>;
}>;

export async function openSocketMode(workspace: string): Promise<SocketMode> {
  const heard = new EventEmitter().setMaxListeners(0);
  const acks = new Map<string, unknown>();
  const sockets: WebSocket[] = [];
  let status: number | null = null;
  let envelopes = 0;

  const door = createServer((request, response) => {
    if (request.url?.endsWith('/apps.connections.open')) {
      request.resume();
      if (status !== null) return void response.writeHead(status).end();
      const { port } = door.address() as AddressInfo;
      response.writeHead(200, { 'content-type': 'application/json' });
      return void response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/link` }));
    }
    const method = request.url?.split('/').at(-1) ?? '';
    const onward = forward(`${workspace}${method}`, { method: 'POST', headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  const server = new WebSocketServer({ server: door });
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('message', (data) => {
      const { envelope_id, payload } = JSON.parse(String(data));
      acks.set(envelope_id, payload);
      heard.emit('ack');
    });
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } }));
    heard.emit('opened');
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');

  return {
    api: `http://127.0.0.1:${(door.address() as AddressInfo).port}/api/`,
    async opened(times) {
      while (sockets.length < times) await once(heard, 'opened');
    },
    async send(type, payload, retry = 0) {
      envelopes += 1;
      const id = `envelope-${envelopes}`;
      sockets.at(-1)?.send(JSON.stringify({ type, envelope_id: id, payload, accepts_response_payload: true, retry_attempt: retry }));
      while (!acks.has(id)) await once(heard, 'ack');
      return acks.get(id);
    },
    cut: () => sockets.at(-1)?.terminate(),
    refresh: () => sockets.at(-1)?.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' })),
    refuse(how) {
      status = how;
    },
    async close() {
      for (const socket of sockets) socket.terminate();
      server.close();
      const done = once(door, 'close');
      door.close();
      door.closeAllConnections();
      await done;
    },
  };
}
