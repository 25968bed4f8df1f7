/** Buttons: claim, take over, return, acknowledge, the full phone, and sending once more. */
import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { Agent } from '../desk';
import type { Acting, Deed } from './acting';
import type { Whom } from './api';
import { ACTIONS } from './ids';
import { resentId } from './place';
import { plain } from './text';

/** A click, and how to answer whoever clicked. `id` is the same for every delivery of it. */
export type Click = Readonly<{ id: string; value: string; user: string; team: string | undefined; trigger: string; whom: Whom }>;

export function clickOf(body: BlockAction, { action_ts, action_id, value = '' }: ButtonAction): Click {
  const { message, channel, user, team, trigger_id } = body;
  const thread: string | undefined = message?.thread_ts ?? message?.ts;
  return {
    id: `${action_id}.${action_ts}.${user.id}`,
    value,
    user: user.id,
    team: team?.id,
    trigger: trigger_id,
    // On the home tab there is no channel: the answer goes to the person's own messages.
    whom: { channel: channel?.id ?? user.id, user: user.id, thread },
  };
}

type Handle = (click: Click, agent: Agent) => Promise<void>;

export function registerActions(app: App, acting: Acting): void {
  /** Acknowledged only when the act is stored: Slack shows whoever clicked that it was not. */
  function on(action: string, handle: Handle): void {
    app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: action }, async ({ ack, body, action: button }) => {
      const click = clickOf(body, button);
      const agent = await acting.known(click.user, click.team, click.whom);
      if (agent) await handle(click, agent);
      await ack();
    });
  }
  const acts = (action: string, deed: (click: Click) => Deed): void =>
    on(action, (click, agent) => acting.act(agent, deed(click), click.whom));

  acts(ACTIONS.claim, ({ id, value }) => ({ id, ticket: value, kind: 'claim' }));
  acts(ACTIONS.takeOver, ({ id, value }) => ({ id, ticket: value, kind: 'claim', takeOver: true }));
  acts(ACTIONS.return, ({ id, value }) => ({ id, ticket: value, kind: 'return' }));
  acts(ACTIONS.acknowledge, ({ id, value }) => ({ id, ticket: value, kind: 'acknowledge' }));

  on(ACTIONS.phone, async ({ id, value, whom }, agent) => {
    acting.later('a phone could not be shown', async () => {
      const seen = await acting.office().reveal(value, agent, id);
      const text = seen.kind === 'phone' ? `📞 ${value}：${plain(seen.phone)}` : `⛔ ${seen.message}`;
      await acting.api.whisper(whom, { text });
    });
  });

  on(ACTIONS.resend, async ({ id, value, whom }, agent) => {
    const [number = '', act = ''] = value.split(' ');
    const lines = await acting.office().lines(number);
    const said = lines.find((line) => line.kind === 'reply' && line.act === act);
    if (said?.kind !== 'reply') return;
    const { text, attachments } = said;
    await acting.act(agent, { id: resentId(act, id), ticket: number, kind: 'reply', text, attachments }, whom);
  });
}
