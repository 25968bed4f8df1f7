/** Agents in Slack: they claim by the card's button, write into its thread and resolve by a form, all over signed requests; what the desk shows them is written down. */
import { ACTIONS } from '../../adapters/slack/ids';
import { ownId } from '../../adapters/slack/place';
import { submittedOf } from '../../adapters/slack/views/submission';
import { sendForm, submissionFields, triggerOf, type View } from '../support/slack/forms';
import { clickPayload, sendEvent, sendInteraction } from '../support/slack/requests';
import { type Answer, type Call, type Fault, openWorkspace } from '../support/slack/workspace';
import type { DeskEntry } from './journal';
import { pause } from './pause';
import { LIN, SIGNING_SECRET, type SlackAt } from './slackDoor';
import { deskEntries, type SlackNote } from './slackJournal';
import { LATE_MS, type Mood, SLOW_MS } from './weather';
import type { Workplace, WorkplaceGiven } from './workplace';

/** What Slack waits for an acknowledgement. */
const PATIENCE_MS = 3_000;
/** Who clicked and sees nothing happen clicks again. */
const CLICK_AGAIN_MS = 2_000;
const LOOK_MS = 20;
const SECONDS_OF_QUIET = '1';

const faults: Readonly<Record<Mood, Fault | null>> = {
  fine: null,
  down: { silentMs: 0 },
  broken: { status: 500 },
  limited: { status: 429, headers: { 'retry-after': SECONDS_OF_QUIET } },
  slow: { slowMs: SLOW_MS },
  late: { silentMs: LATE_MS, taken: true },
  cut: { silentMs: 0, taken: true },
};

type Card = Readonly<{ ticket: string; ts: string }>;
type Form = Readonly<{ id: string; view: View }>;

export async function openSlackAgents({ route, weather, random, deliveries, replies, onEntry }: WorkplaceGiven): Promise<Workplace> {
  const notes: SlackNote[] = [];
  const claimed = new Set<string>();
  const forms = new Map<string, Form>();
  let working = 0;
  let broken: unknown;
  const note = (one: SlackNote): void => {
    notes.push(one);
    onEntry();
  };
  const write = (entry: DeskEntry): void => note({ at: entry.at, kind: 'entry', entry });
  const slack = await openWorkspace({ lin: LIN.email }, seen);
  const channel = slack.channel.service;
  const user = slack.user.lin ?? '';
  // The way to a trigger is Slack's own, between the agent's window and its servers.
  slack.fault(({ method }) => (method === 'views.generateTriggerId' ? null : faults[weather.mood()]));

  function seen({ method, given }: Call, { ok, ts = '' }: Answer): void {
    if (!ok) return;
    const at = Date.now();
    switch (method) {
      case 'chat.postMessage': {
        const { ticket = '', key = '' } = JSON.parse(given.metadata ?? '{}').event_payload ?? {};
        const thread = given.thread_ts !== undefined;
        note({ at, kind: 'post', place: ownId({ channel, ts }), thread, key, ticket, text: given.text ?? '' });
        if (given.text?.includes(`${LIN.name}认领了工单`)) claimed.add(ticket);
        if (!thread && key.startsWith('card ') && replies > 0) begin({ ticket, ts });
        return;
      }
      case 'chat.update':
        note({ at, kind: 'shape', place: ownId({ channel, ts: given.ts ?? '' }), shows: given.blocks ?? '' });
        return;
      case 'reactions.add':
      case 'reactions.remove': {
        const place = ownId({ channel, ts: given.timestamp ?? '' });
        note({ at, kind: 'mark', place, name: given.name ?? '', on: method === 'reactions.add' });
        return;
      }
      case 'views.update': {
        const view: View = JSON.parse(given.view ?? '{}');
        const { ticket } = JSON.parse(view.private_metadata ?? '{}');
        if (view.blocks.some(({ type }) => type === 'input')) forms.set(ticket, { id: given.view_id ?? '', view });
      }
    }
  }

  function begin(card: Card): void {
    working += 1;
    work(card)
      .catch((error) => {
        broken = error;
      })
      .finally(() => {
        working -= 1;
      });
  }

  async function work(card: Card): Promise<void> {
    const { ticket } = card;
    await click(card, ACTIONS.claim, 'claim', () => claimed.has(ticket));
    const words = Array.from({ length: replies }, (_, n) => `${ticket} 答复 ${n + 1}`);
    if (deliveries.holdUpMs) await Promise.all(words.map((text) => say(card, text)));
    else for (const text of words) await say(card, text);
    await say(card, `${ticket} 备注`, '// ');
    await click(card, ACTIONS.resolve, 'form', () => forms.has(ticket));
    await settle(card, `${ticket} 已经处理好`);
  }

  const to = (more: object = {}) => ({ url: route(), secret: SIGNING_SECRET, patienceMs: PATIENCE_MS, ...more });
  /** Nobody there, or killed on the way. */
  const away = (): number => 503;

  /** Presses until it shows; each press is another to Slack, which never sends one again. */
  async function click({ ticket, ts }: Card, action: string, act: string, done: () => boolean): Promise<void> {
    while (!done()) {
      const pressed = Date.now();
      const presses = random.chance(deliveries.again ?? 0) ? 2 : 1;
      await Promise.all(
        Array.from({ length: presses }, async (_, n) => {
          const at = `${Math.floor(pressed / 1_000)}.${String((pressed % 1_000) * 1_000 + n).padStart(6, '0')}`;
          const id = `${action}.${at}.${user}`;
          const payload = clickPayload({ user, channel, ts, action, value: ticket, at });
          const trigger_id = await triggerOf(slack, user);
          if (act === 'claim') write({ at: Date.now(), kind: 'act', ticket, id, act });
          const status = await sendInteraction({ ...payload, trigger_id }, to()).catch(away);
          if (act === 'claim') write({ at: Date.now(), kind: 'acted', ticket, id, status });
        }),
      );
      while (!done() && Date.now() - pressed < CLICK_AGAIN_MS) await pause(LOOK_MS);
    }
  }

  /** Into the thread; Slack tells the desk until it is acknowledged, always of the same event, and here and there once more. */
  async function say({ ticket, ts: thread_ts }: Card, text: string, sign = ''): Promise<void> {
    const ts = await slack.write(user, channel, `${sign}${text}`, thread_ts);
    const id = ownId({ channel, ts });
    const event = { type: 'message', channel, user, text: `${sign}${text}`, ts, thread_ts };
    write({ at: Date.now(), kind: 'act', ticket, id, ...(sign ? { act: 'note', hides: text } : { act: 'reply', hears: text }) });
    const tell = async (): Promise<void> => {
      for (let retry = 0; ; retry += 1) {
        if ((await sendEvent(event, to({ eventId: `Ev${ts}`, ...(retry > 0 && { retry }) })).catch(away)) === 200) return;
        await pause(Math.min(200, 10 * (retry + 1)));
      }
    };
    const copies = random.chance(deliveries.again ?? 0) ? [pause(random.below(deliveries.holdUpMs ?? 60)).then(tell)] : [];
    if (deliveries.holdUpMs) await pause(random.below(deliveries.holdUpMs));
    await tell();
    write({ at: Date.now(), kind: 'acted', ticket, id, status: 200 });
    await Promise.all(copies);
  }

  /** Sends the form until it closes; Slack keeps it open when nobody answers. */
  async function settle({ ticket }: Card, result: string): Promise<void> {
    const form = forms.get(ticket);
    if (!form) throw new Error(`there is no form for ${ticket}`);
    const fields = submissionFields({ ...form, user, values: { result } });
    const id = submittedOf(JSON.parse(fields.payload ?? '{}').view)?.id ?? '';
    write({ at: Date.now(), kind: 'act', ticket, id, act: 'resolve', hears: `处理结果:${result}` });
    for (let tries = 1; ; tries += 1) {
      const { status, body } = await sendForm('/slack/interactive', fields, to()).catch(() => ({ status: away(), body: '' }));
      // A form that stays open was refused.
      if (status === 200) return write({ at: Date.now(), kind: 'acted', ticket, id, status: body === '' ? 200 : 409 });
      await pause(Math.min(200, 10 * tries));
    }
  }

  const at: SlackAt = { api: slack.api, channel };
  return {
    url: JSON.stringify(at),
    journal: (books) => deskEntries(notes, books),
    idle() {
      if (broken) throw broken;
      return working === 0;
    },
    close: slack.close,
  };
}
