/** Buttons, on cards or out of their menus: claim, take over, return, acknowledge, the full phone, and sending once more. */
import type { App, BlockAction, ButtonAction, OverflowAction } from '@slack/bolt';
import type { Agent } from '../desk';
import type { Acting, Deed } from './acting';
import type { Whom } from './api';
import { ACTIONS } from './ids';
import { resentId } from './place';
import { plain } from './text';
import { chosenOf, MORE } from './views/buttons';
import { SURE, takeOverQuestion } from './views/takeOver';

/** A click, and how to answer whoever clicked. `id` is the same for every delivery of it. */
export type Click = Readonly<{
  id: string;
  action: string;
  value: string;
  user: string;
  /** Opens a form, once and for three seconds. */
  trigger: string;
  whom: Whom;
}>;
export type Handle = (click: Click, agent: Agent) => Promise<void>;
/** What a button does for agents; others are told whom to ask. */
export type Buttons = Readonly<{ on(action: string, handle: Handle): void }>;

export function clickOf(body: BlockAction, button: ButtonAction | OverflowAction): Click | null {
  const { message, channel, user, trigger_id } = body;
  const value = button.type === 'overflow' ? button.selected_option.value : (button.value ?? '');
  const chosen = button.type === 'overflow' ? chosenOf(value) : { action: button.action_id, number: value };
  if (!chosen) return null;
  const thread: string | undefined = message?.thread_ts ?? message?.ts;
  return {
    id: `${chosen.action}.${button.action_ts}.${user.id}`,
    action: chosen.action,
    value: chosen.number,
    user: user.id,
    trigger: trigger_id,
    // On the home tab there is no channel: the answer goes to the person's own messages.
    whom: { channel: channel?.id ?? user.id, user: user.id, thread },
  };
}

/** Acknowledged only when the handler is done, so that Slack shows whoever clicked that an act was not stored. */
export function createButtons(app: App, acting: Acting): Buttons {
  const handles = new Map<string, Handle>();
  const ours = new RegExp(`^(?:${[...Object.values(ACTIONS), MORE].join('|')})$`);
  app.action<BlockAction<ButtonAction | OverflowAction>>({ type: 'block_actions', action_id: ours }, async ({ ack, body, action }) => {
    const click = clickOf(body, action);
    const handle = click && handles.get(click.action);
    if (click && handle) {
      const agent = await acting.known(click.user, click.whom);
      if (agent) await handle(click, agent);
    }
    await ack();
  });
  return {
    on(action, handle) {
      handles.set(action, handle);
    },
  };
}

/** The buttons that need no form. */
export function registerActs({ on }: Buttons, acting: Acting): void {
  const acts = (action: string, deed: (click: Click) => Deed): void =>
    on(action, (click, agent) => acting.act(agent, deed(click), click.whom));

  acts(ACTIONS.claim, ({ id, value }) => ({ id, ticket: value, kind: 'claim' }));
  acts(ACTIONS.return, ({ id, value }) => ({ id, ticket: value, kind: 'return' }));
  acts(ACTIONS.acknowledge, ({ id, value }) => ({ id, ticket: value, kind: 'acknowledge' }));

  // Taking a ticket out of a colleague's hands is asked once more.
  on(ACTIONS.takeOver, async ({ id, value, whom }, agent) => {
    const [number = '', sure] = value.split(' ');
    const card = sure === SURE ? null : await acting.office().ticket(number);
    if (card?.assignee && card.assignee.id !== agent.id) {
      const { name } = card.assignee;
      acting.later('an agent could not be asked', () =>
        acting.api.whisper(whom, takeOverQuestion(number, `工单 ${number} 正由${name}处理，确定接手吗？`)),
      );
      return;
    }
    await acting.act(agent, { id, ticket: number, kind: 'claim', takeOver: true }, whom);
  });

  on(ACTIONS.phone, async ({ id, value, whom }, agent) => {
    acting.later('a phone could not be shown', async () => {
      const seen = await acting.office().reveal(value, agent, id);
      const text = seen.kind === 'phone' ? `📞 ${value}：${plain(seen.phone)}` : `⛔ ${plain(seen.message)}`;
      await acting.api.whisper(whom, { text });
    });
  });

  on(ACTIONS.unmerge, async ({ id, value, whom }, agent) => {
    const [ticket, merge] = twoIn(value);
    await acting.act(agent, { id, ticket, kind: 'unmerge', merge, supervisor: agent.supervisor }, whom);
  });

  on(ACTIONS.resend, async ({ id, value, whom }, agent) => {
    const [number, act] = twoIn(value);
    const said = (await acting.office().lines(number)).find((line) => line.kind === 'reply' && line.act === act);
    if (said?.kind !== 'reply') return;
    const { text, attachments } = said;
    await acting.act(agent, { id: resentId(act, id), ticket: number, kind: 'reply', text, attachments }, whom);
  });
}

/** The ticket's number and what stands behind it. */
function twoIn(value: string): readonly [string, string] {
  const space = value.indexOf(' ');
  return [value.slice(0, space), value.slice(space + 1)];
}
