/** Lets a request pass that carries the API token; compared in constant time. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { refuse } from '../../adapters/http';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export function requireToken(token: string): RequestHandler {
  const expected = digest(token);
  return (request, response, next) => {
    const given = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
    if (timingSafeEqual(digest(given), expected)) return next();
    response.set('www-authenticate', 'Bearer');
    refuse(response, 'token-wrong', 'Send Authorization: Bearer <API_TOKEN>.');
  };
}
