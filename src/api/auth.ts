/** Lets a request pass that carries a token, compared in constant time, or comes from a supervisor at the desk. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
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
    unknownCaller(response);
  };
}

/** The name of the supervisor a request comes from; null when it comes from nobody who is signed in as one. */
export type SupervisorOf = (request: Request) => Promise<string | null>;

/**
 * Lets pass whoever carries one of the tokens, and supervisors who are signed in at the desk: their name is left in
 * `response.locals.supervisor`.
 */
export function requireSupervisor(tokens: readonly string[], supervisorOf: SupervisorOf): RequestHandler {
  const ours = tokens.map(carries);
  return async (request, response, next) => {
    const given = request.get('authorization');
    if (ours.some((isOurs) => isOurs(given))) return next();
    const supervisor = await supervisorOf(request);
    if (supervisor === null) return unknownCaller(response);
    response.locals.supervisor = supervisor;
    next();
  };
}

function unknownCaller(response: Response): void {
  response.set('www-authenticate', 'Bearer');
  refuse(response, 'token-wrong', 'Send Authorization: Bearer <API_TOKEN>.');
}
