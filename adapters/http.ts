/** How every HTTP door answers in JSON, and how it refuses: one table of codes and statuses (docs/errors.md holds the same), and a sentence that says what to do. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export const HTTP_ERRORS = {
  'account-unknown': 404,
  'act-invalid': 400,
  'act-refused': 409,
  'body-too-large': 413,
  'call-unknown': 404,
  internal: 500,
  'keys-unavailable': 503,
  'lesson-refused': 409,
  'lesson-unknown': 404,
  'media-type-wrong': 415,
  'message-invalid': 400,
  'not-found': 404,
  'origin-refused': 403,
  'precondition-failed': 412,
  'query-invalid': 400,
  'rate-limited': 429,
  'request-malformed': 400,
  'session-over': 401,
  'signature-missing': 401,
  'signature-wrong': 401,
  starting: 503,
  'store-unavailable': 503,
  'ticket-unknown': 404,
  'timestamp-stale': 401,
  'token-wrong': 401,
} as const;
export type HttpErrorCode = keyof typeof HTTP_ERRORS;

/** What answers a request before express sees it; null when the address is not its own. */
export type Gateway = (request: IncomingMessage, response: ServerResponse) => Promise<void> | null;

export function refuse(response: ServerResponse, code: HttpErrorCode, message: string): void {
  // A page that failed on its way had set how long it may be kept; a refusal may not.
  response.removeHeader('cache-control');
  sendJson(response, HTTP_ERRORS[code], { error: { code, message } });
}

/** Resolves to whether the whole response was handed to the network: it was not when whoever asked has hung up. */
export function handOut(response: ServerResponse, type: string, body: string): Promise<boolean> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve(false);
    response.once('finish', () => resolve(true));
    response.once('close', () => resolve(response.writableFinished));
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
}

/** The body stays a string, so that Node sends it in one piece with its headers. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
