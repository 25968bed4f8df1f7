/** Forms, commands and the home tab as Slack sends them, with the answers it would read. */
import { signature } from './requests';
import { BOT_TOKEN, type Workspace } from './workspace';

export type View = Readonly<{
  type: string;
  private_metadata?: string;
  blocks: readonly Readonly<{ type: string; block_id?: string; element?: Readonly<{ type: string; initial_value?: string }> }>[];
}>;
export type Answered = Readonly<{ status: number; body: string }>;

const TEAM = 'T000000001';

export async function sendForm(
  path: string,
  fields: Readonly<Record<string, string>>,
  to: Readonly<{ url: string; secret: string; patienceMs?: number }>,
): Promise<Answered> {
  const body = new URLSearchParams(fields).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const response = await fetch(`${to.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature(to.secret, timestamp, body),
    },
    body,
    ...(to.patienceMs !== undefined && { signal: AbortSignal.timeout(to.patienceMs) }),
  });
  return { status: response.status, body: await response.text() };
}

export type Typed = Readonly<{ user: string; channel: string; text: string; trigger: string }>;
export const commandFields = ({ user, channel, text, trigger }: Typed): Record<string, string> => ({
  command: '/qiao',
  text,
  user_id: user,
  channel_id: channel,
  team_id: TEAM,
  trigger_id: trigger,
  api_app_id: 'A1',
});

export type Submission = Readonly<{ user: string; id: string; view: View; values: Readonly<Record<string, string>> }>;
/** What the inputs of a view hold after `values` were typed into them. */
export function submissionFields({ user, id, view, values }: Submission): Record<string, string> {
  const state = Object.fromEntries(
    view.blocks.flatMap(({ type, block_id = '', element }) => {
      if (type !== 'input' || !element) return [];
      const value = values[block_id] ?? element.initial_value ?? null;
      const held =
        element.type === 'static_select' || element.type === 'radio_buttons'
          ? { selected_option: value === null ? null : { value } }
          : { value };
      return [[block_id, { value: { type: element.type, ...held } }]];
    }),
  );
  const payload = {
    type: 'view_submission',
    user: { id: user, team_id: TEAM },
    team: { id: TEAM, domain: 'school' },
    api_app_id: 'A1',
    view: { ...view, id, callback_id: 'qiao_form', state: { values: state } },
  };
  return { payload: JSON.stringify(payload) };
}

/** A trigger as a click brings one: it opens one form within three seconds. */
export async function triggerOf(slack: Workspace, user: string): Promise<string> {
  const response = await fetch(`${slack.api}views.generateTriggerId`, {
    method: 'POST',
    headers: { authorization: `Bearer ${BOT_TOKEN}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ user_id: user }),
  });
  const answer = await response.json();
  if (!answer.ok) throw new Error(`views.generateTriggerId: ${answer.error}`);
  return answer.trigger_id;
}

/** The views a method was called with, oldest first. */
export const viewsOf = (
  slack: Workspace,
  method: 'views.open' | 'views.update' | 'views.publish',
): readonly Readonly<{ id: string; user: string; view: View }>[] =>
  slack.calls.flatMap((call) =>
    call.method === method
      ? [{ id: call.given.view_id ?? '', user: call.given.user_id ?? '', view: JSON.parse(call.given.view ?? '{}') }]
      : [],
  );
