/** Requests as Slack sends them: events as JSON, clicks as a form, both signed over the raw body. */
import { createHmac } from 'node:crypto';

export type Sending = Readonly<{
  url: string;
  secret: string;
  at?: number;
  retry?: number;
  /** Every delivery of the same event has the same. */
  eventId?: string;
  /** How long an answer is waited for. */
  patienceMs?: number;
}>;

export function signature(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/** Resolves to the status of the answer: 200 is an acknowledgement. */
async function send(
  path: string,
  type: string,
  body: string,
  { url, secret, at = Date.now(), retry, patienceMs }: Sending,
): Promise<number> {
  const timestamp = String(Math.floor(at / 1000));
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature(secret, timestamp, body),
      ...(retry !== undefined && { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }),
    },
    body,
    ...(patienceMs !== undefined && { signal: AbortSignal.timeout(patienceMs) }),
  });
  await response.arrayBuffer();
  return response.status;
}

export const sendEvent = (event: object, sending: Sending): Promise<number> =>
  send(
    '/slack/events',
    'application/json',
    JSON.stringify({ type: 'event_callback', event_id: sending.eventId ?? 'Ev1', team_id: 'T000000001', event }),
    sending,
  );

export const sendInteraction = (payload: object, sending: Sending): Promise<number> =>
  send('/slack/interactive', 'application/x-www-form-urlencoded', `payload=${encodeURIComponent(JSON.stringify(payload))}`, sending);

export type Clicked = Readonly<{
  user: string;
  channel: string;
  /** The message the button stands under, and its thread. */
  ts: string;
  thread?: string;
  action: string;
  value: string;
  /** The same click has the same. */
  at: string;
}>;

/** A menu says which of its options was chosen. */
const pressed = (action: string, value: string): object =>
  action.endsWith('_more')
    ? { type: 'overflow', selected_option: { text: { type: 'plain_text', text: '' }, value } }
    : { type: 'button', value, text: { type: 'plain_text', text: '' } };

export const clickPayload = ({ user, channel, ts, thread, action, value, at }: Clicked): object => ({
  type: 'block_actions',
  user: { id: user, team_id: 'T000000001' },
  team: { id: 'T000000001', domain: 'school' },
  api_app_id: 'A1',
  trigger_id: `trigger.${at}`,
  container: { type: 'message', message_ts: ts, channel_id: channel },
  channel: { id: channel, name: 'service' },
  message: { type: 'message', ts, ...(thread !== undefined && { thread_ts: thread }) },
  actions: [{ action_id: action, block_id: 'b', action_ts: at, ...pressed(action, value) }],
});
