/** The way in over HTTP: requests signed by Slack, answered only after the listeners are done. */
import { ExpressReceiver, type Receiver } from '@slack/bolt';
import { Router } from 'express';
import { refuse } from '../http';
import { boltLog } from './boltLog';
import type { SlackOptions } from './options';

const ENDPOINTS = ['/slack/events', '/slack/interactive', '/slack/commands'];
/** Slack refuses what is older; what is signed for later could be replayed for longer. */
const WINDOW_MS = 5 * 60_000;

export type HttpDoor = Readonly<{ receiver: Receiver; router: Router }>;

/** `open` says whether the desk has begun to listen; before that Slack is asked to send again. */
export function createHttpDoor(options: SlackOptions & Readonly<{ signingSecret: string }>, open: () => boolean): HttpDoor {
  const receiver = new ExpressReceiver({
    signingSecret: options.signingSecret,
    endpoints: Object.fromEntries(ENDPOINTS.map((path) => [path, path])),
    // The answer waits for the listeners, so that Slack sends again what could not be stored.
    processBeforeResponse: true,
    logger: boltLog(options.log),
  });
  const router = Router();
  router.use('/slack', (request, response, next) => {
    if (!open()) return refuse(response, 'starting', 'The desk is starting or stopping. Send the same request again in a moment.');
    const stamp = Number(request.headers['x-slack-request-timestamp']) * 1000;
    if (Number.isFinite(stamp) && stamp > Date.now() + WINDOW_MS) {
      return refuse(response, 'timestamp-stale', 'X-Slack-Request-Timestamp is more than 5 minutes off. Set the clock.');
    }
    next();
  });
  router.use(receiver.router);
  return { receiver, router };
}
