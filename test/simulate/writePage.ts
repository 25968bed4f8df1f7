/** A page without scripts on which a person writes as a customer and reads what came back. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Stage } from './stage';

type Line = Readonly<{ at: number; text: string }>;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** `write` takes what the person writes, `shown` says what they got to read. Resolves to the address. */
export async function openWritePage(
  title: string,
  { write, shown }: Readonly<{ write(text: string): Promise<void>; shown(): readonly Line[] }>,
  ends: Stage['ends'],
): Promise<string> {
  const written: Line[] = [];
  const page = createServer(async (request, response) => {
    if (request.method === 'POST') {
      let body = '';
      for await (const part of request) body += part;
      const text = new URLSearchParams(body).get('text')?.trim();
      if (text) {
        written.push({ at: Date.now(), text });
        await write(text);
      }
      return void response.writeHead(303, { location: '/' }).end();
    }
    const lines = [
      ...written.map(({ at, text }) => ({ at, line: `<p style="text-align:right">${escaped(text)}</p>` })),
      ...shown().map(({ at, text }) => ({ at, line: `<p style="white-space:pre-wrap">${escaped(text)}</p>` })),
    ].sort((a, b) => a.at - b.at);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><html lang="zh"><title>${title}</title><body style="max-width:40em;margin:auto;font-family:sans-serif">
<h1>${title}</h1>${lines.map(({ line }) => line).join('')}<form method="post"><input name="text" autofocus size="40" aria-label="写一句话">
<button>发送</button> <a href="/">刷新</a></form></body></html>`);
  }).listen(0, '127.0.0.1');
  await once(page, 'listening');
  ends(async () => {
    const closed = once(page, 'close');
    page.close();
    page.closeAllConnections();
    await closed;
  });
  return `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
}
