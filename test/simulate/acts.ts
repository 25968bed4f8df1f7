/** What a person does in the pretended Slack, told to the server in signed requests as Slack tells it. */
import { z } from 'zod';
import { commandFields, sendForm, submissionFields, triggerOf } from '../support/slack/forms';
import { clickPayload, sendEvent } from '../support/slack/requests';
import type { Workspace } from '../support/slack/workspace';
import type { Door } from './door';
import type { Act, Done, View } from './wire';

const text = z.string().min(1);
const values = z.record(z.string(), z.string());
const where = z.object({ channel: text, ts: text, thread: text.optional(), private: z.boolean().optional() }).nullable();
export const ActSchema: z.ZodType<Act> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('write'), user: text, channel: text, thread: text.optional(), text }),
  z.object({ kind: z.literal('press'), user: text, where, action: text, value: text }),
  z.object({ kind: z.literal('choose'), user: text, action: text, value: text, values }),
  z.object({ kind: z.literal('submit'), user: text, values }),
  z.object({ kind: z.literal('dismiss'), user: text }),
  z.object({ kind: z.literal('home'), user: text }),
]);

type Server = Readonly<{ url: string; secret: string }>;
type Of<K extends Act['kind']> = Extract<Act, { kind: K }>;

const COMMAND = /^\/qiao(?:\s+|$)/;
const stamp = (): string => (Date.now() / 1000).toFixed(6);
const OK: Done = { status: 200 };
/** As Slack writes what people typed. */
const typed = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export function createActs(slack: Workspace, door: Door, server: Server): (act: Act) => Promise<Done> {
  const interact = (payload: object) => sendForm('/slack/interactive', { payload: JSON.stringify(payload) }, server);

  async function trigger(user: string): Promise<string> {
    const id = await triggerOf(slack, user);
    door.expect(id, user);
    return id;
  }

  async function command({ user, channel, thread, text }: Of<'write'>): Promise<Done> {
    const answer = (words: object): void => void door.whispers.push({ ts: stamp(), user, channel, text: '', ...words });
    if (thread !== undefined) {
      answer({ thread, text: 'Slack 的消息列里不能用命令，请在频道里输入。' });
      return OK;
    }
    const given = { user, channel, text: text.replace(COMMAND, ''), trigger: await trigger(user) };
    const { status, body } = await sendForm('/slack/commands', commandFields(given), server);
    if (status === 200) answer(JSON.parse(body));
    return { status };
  }

  async function write(act: Of<'write'>): Promise<Done> {
    if (COMMAND.test(act.text)) return command(act);
    const { user, channel, thread } = act;
    const text = typed(act.text);
    const ts = await slack.write(user, channel, text, thread);
    const event = { type: 'message', channel, user, text, ts, ...(thread !== undefined && { thread_ts: thread }) };
    return { status: await sendEvent(event, server) };
  }

  async function press({ user, where, action, value }: Of<'press'>): Promise<Done> {
    const { channel = '', ts = '', thread } = where ?? {};
    const click = clickPayload({ user, channel, ts, action, value, at: stamp(), ...(thread !== undefined && { thread }) });
    const payload = {
      ...click,
      trigger_id: await trigger(user),
      // Slack tells of no message that only one person sees, and of no channel on the home tab.
      ...((where === null || where.private) && { message: undefined }),
      ...(where === null && { channel: undefined, container: { type: 'view' } }),
    };
    return { status: (await interact(payload)).status };
  }

  /** The form of this person as Slack sends it back, with what was typed. */
  function filled(user: string, view: View, typed: Of<'submit'>['values']) {
    const { payload = '{}' } = submissionFields({ user, id: view.id, view: { private_metadata: '', ...view } as never, values: typed });
    return JSON.parse(payload);
  }

  async function choose({ user, action, value, values: typed }: Of<'choose'>): Promise<Done> {
    const form = door.forms.get(user);
    if (!form) return OK;
    const chosen = { type: 'static_select', action_id: action, block_id: 'b', action_ts: stamp() };
    const actions = [{ ...chosen, selected_option: { text: { type: 'plain_text', text: '' }, value } }];
    const payload = { ...filled(user, form, typed), type: 'block_actions', trigger_id: await trigger(user), actions };
    return { status: (await interact({ ...payload, container: { type: 'view', view_id: form.id } })).status };
  }

  async function submit({ user, values: typed }: Of<'submit'>): Promise<Done> {
    const form = door.forms.get(user);
    if (!form) return OK;
    const { status, body } = await interact(filled(user, form, typed));
    if (status !== 200) return { status };
    const { response_action: action, errors, view } = body === '' ? {} : JSON.parse(body);
    if (action === 'errors') return { status, errors };
    if (action === 'update') door.forms.set(user, { ...view, id: form.id });
    else door.forms.delete(user);
    return OK;
  }

  async function perform(act: Act): Promise<Done> {
    switch (act.kind) {
      case 'write':
        return write(act);
      case 'press':
        return press(act);
      case 'choose':
        return choose(act);
      case 'submit':
        return submit(act);
      case 'dismiss':
        door.forms.delete(act.user);
        return OK;
      case 'home':
        return { status: await sendEvent({ type: 'app_home_opened', user: act.user, tab: 'home' }, server) };
    }
  }

  return async (act) => {
    const done = await perform(act);
    door.changes.emit('change');
    return done;
  };
}
