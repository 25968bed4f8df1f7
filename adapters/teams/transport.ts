/** How calls go out to a platform: once, and not for long. Trying again is the outbox's business, which forgets nothing on a restart. */
import { z } from 'zod';
import { Refused, retryAfterOf, Unreachable } from './failure';

/** What the SDK asks of whoever carries its calls. */
type Request = Readonly<{ url: string; method: string; body?: unknown; headers: Readonly<{ rawHeaders(): Record<string, string> }> }>;
type Answer<R extends Request> = Readonly<{ status: number; headers: R['headers']; request: R; bodyAsText: string }>;

const Problem = z.object({ error: z.object({ code: z.string().regex(/^\w{1,60}$/) }) });

/** Throws Refused and Unreachable. The SDK tries nothing again that fails with these. */
export function createTransport(withinMs: number, now: () => number) {
  return {
    async sendRequest<R extends Request>(request: R): Promise<Answer<R>> {
      const { url, method, body, headers } = request;
      let response: Response;
      let text: string;
      try {
        const sent = { method, headers: headers.rawHeaders(), ...(typeof body === 'string' && { body }) };
        response = await fetch(url, { ...sent, redirect: 'error', signal: AbortSignal.timeout(withinMs) });
        text = await response.text();
      } catch (cause) {
        throw new Unreachable(cause);
      }
      if (response.ok) return { status: response.status, headers, request, bodyAsText: text };
      throw new Refused(response.status, codeIn(text), retryAfterOf(response.headers.get('retry-after'), now()));
    },
  };
}

function codeIn(text: string): string {
  try {
    return Problem.safeParse(JSON.parse(text)).data?.error.code ?? '';
  } catch {
    return '';
  }
}
