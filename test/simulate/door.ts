/** Slack's Web API as the server calls it: passed on to the emulator; what one person alone is shown is kept, since the emulator tells nobody. */
import { EventEmitter } from 'node:events';
import { Router, raw } from 'express';
import type { View, Whisper } from './wire';

export type Door = Readonly<{
  router: Router;
  /** Emits `change` whenever somebody may see something new. */
  changes: EventEmitter;
  whispers: Whisper[];
  /** The form each person has open. */
  forms: Map<string, View>;
  homes: Map<string, View>;
  /** Who gets the form that is opened with this trigger. */
  expect(trigger: string, user: string): void;
}>;

const parsed = (json: string | undefined) => (json === undefined ? undefined : JSON.parse(json));

export function openDoor(api: string): Door {
  const changes = new EventEmitter().setMaxListeners(0);
  const whispers: Whisper[] = [];
  const forms = new Map<string, View>();
  const homes = new Map<string, View>();
  const triggers = new Map<string, string>();

  /** The server's words to one person; a channel that is a person is a talk of two, which the emulator does not know. */
  function whisper({ channel = '', user = channel, text = '', thread_ts: thread, blocks }: Readonly<Record<string, string>>): void {
    const ts = (Date.now() / 1000).toFixed(6);
    const alone = channel === user;
    whispers.push({ ts, user, channel: alone ? null : channel, text, blocks: parsed(blocks), ...(thread !== undefined && { thread }) });
  }

  function keep(method: string, given: Readonly<Record<string, string>>, view: View): void {
    const opener = method === 'views.open' ? triggers.get(given.trigger_id ?? '') : undefined;
    if (opener !== undefined) forms.set(opener, view);
    if (method === 'views.publish') homes.set(given.user_id ?? '', view);
    if (method !== 'views.update') return;
    for (const [user, { id }] of forms) if (id === view.id) forms.set(user, view);
  }

  const router = Router();
  router.post('/api/:method', raw({ type: () => true, limit: '1mb' }), async (request, response) => {
    const { method = '' } = request.params;
    const given = Object.fromEntries(new URLSearchParams(request.body.toString()));
    if (method === 'chat.postEphemeral' || (method === 'chat.postMessage' && given.channel?.startsWith('U'))) {
      whisper(given);
      response.json({ ok: true });
    } else {
      const { authorization = '', 'content-type': type = '' } = request.headers;
      const answer = await fetch(`${api}${method}`, {
        method: 'POST',
        headers: { authorization, 'content-type': type },
        body: request.body,
      });
      const said = await answer.json();
      if (said.ok && said.view) keep(method, given, said.view);
      response.status(answer.status).json(said);
    }
    changes.emit('change');
  });

  return { router, changes, whispers, forms, homes, expect: (trigger, user) => void triggers.set(trigger, user) };
}
