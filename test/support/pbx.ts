/** A PBX: posts what happens to calls, each event signed with its account's secret. */
import { sign } from '../../adapters/signedBody';

/** What the server said: its status and its JSON. */
export type Answer = Readonly<{ status: number; body: Record<string, unknown> }>;

/** Tells the server at `url` of one event; other `headers` replace the signed ones. Rejects when nobody answers. */
export async function tellCall(
  url: string,
  event: object,
  { secret }: Readonly<{ secret: string }>,
  headers?: Readonly<Record<string, string>>,
): Promise<Answer> {
  const body = JSON.stringify(event);
  const signed = { 'x-qiao-timestamp': String(Math.floor(Date.now() / 1000)), 'x-qiao-signature': sign(body, secret) };
  const response = await fetch(`${url}/api/calls`, { method: 'POST', body, headers: { ...signed, ...headers } });
  // Every answer of this address is a JSON object.
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}
