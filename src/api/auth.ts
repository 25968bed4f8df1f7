/** Lets a request pass that carries the API token; compared in constant time. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { refuse } from '../../adapters/http';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether an Authorization header carries it. */
export function carries(token: string): (authorization: string | undefined) => boolean {
  const expected = digest(token);
  return (authorization = '') => timingSafeEqual(digest(/^Bearer (.+)$/.exec(authorization)?.[1] ?? ''), expected);
}

export function requireToken(token: string): RequestHandler {
  const isOurs = carries(token);
  return (request, response, next) => {
    if (isOurs(request.get('authorization'))) return next();
    response.set('www-authenticate', 'Bearer');
    refuse(response, 'token-wrong', 'Send Authorization: Bearer <API_TOKEN>.');
  };
}
