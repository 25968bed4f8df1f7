/** An HTTP server of another party, with its moods. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LATE_MS, type Mood, SLOW_MS, takes, type Weather } from './weather';

export type Call = Readonly<{
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
  taken: boolean;
}>;
/** What the party answers once it has taken the call; it hears of calls that it refuses too. */
export type Take = (call: Call) => Readonly<{ status: number; body: unknown }>;

export type PartyDoor = Readonly<{ url: string; close(): Promise<void> }>;

export async function openDoor(weather: Weather, take: Take): Promise<PartyDoor> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    try {
      for await (const part of request) parts.push(part);
    } catch {
      return; // the caller died while it spoke
    }
    const mood = weather.mood();
    const call = { path: request.url ?? '/', headers: request.headers, body: Buffer.concat(parts).toString('utf8'), taken: takes(mood) };
    answer(mood, response, take(call));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server has one
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(mood: Mood, response: ServerResponse, { status, body }: ReturnType<Take>): void {
  const say = (code: number): void => {
    if (!response.destroyed) response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const waits: Readonly<Partial<Record<Mood, number>>> = { slow: SLOW_MS, late: LATE_MS };
  const refusals: Readonly<Partial<Record<Mood, number>>> = { broken: 500, limited: 429 };
  const wait = waits[mood];
  if (mood === 'down' || mood === 'cut') response.destroy();
  else if (wait !== undefined) setTimeout(say, wait, status);
  else say(refusals[mood] ?? status);
}
