/** Which web pages may talk to us: our own, and those the operator named. Pure. */
import type { IncomingMessage } from 'node:http';

type Headers = IncomingMessage['headers'];

/** No Origin means no browser page on another site; a browser always sends it with a cross-site POST and with a socket. */
export function originAllowed(headers: Headers, allowed: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (allowed.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** The client's address, behind as many proxies of our own as are trusted to name it in X-Forwarded-For. */
export function clientIp(request: Pick<IncomingMessage, 'headers' | 'socket'>, trustedProxies: number): string {
  const direct = request.socket.remoteAddress ?? 'unknown';
  if (trustedProxies === 0) return direct;
  const header = request.headers['x-forwarded-for'];
  const hops = String(header ?? '')
    .split(',')
    .map((hop) => hop.trim())
    .filter(Boolean);
  return [...hops, direct].at(-1 - trustedProxies) ?? hops[0] ?? direct;
}
