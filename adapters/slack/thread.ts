/** What agents write in a ticket's thread: internal until they hold the ticket, then to the customer; `//` keeps it internal. */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Acting } from './acting';
import type { Board } from './board';
import { type FetchFiles, SharedFile } from './files';
import { ownId, type Place, refOf } from './place';
import { createRecent } from './recent';
import type { Rooms } from './rooms';
import { plain, spoken } from './text';
import { takeOverQuestion } from './views/takeOver';

const Spoken = z.object({
  user: z.string(),
  ts: z.string(),
  thread_ts: z.string(),
  text: z.string().default(''),
  bot_id: z.string().optional(),
});
const Said = Spoken.extend({
  channel: z.string(),
  subtype: z.enum(['file_share', 'thread_broadcast']).optional(),
  files: z.array(SharedFile).default([]),
});
const Changed = z.object({
  channel: z.string(),
  subtype: z.enum(['message_changed', 'message_deleted']),
  message: z.object({ text: z.string().default('') }).optional(),
  previous_message: Spoken,
});

const INTERNAL = /^(?:\/\/|／／)\s*/;
/** Threads in our channels that are no ticket's; what they begin with never changes. */
const REMEMBERED = 1_000;

type Written = z.infer<typeof Said>;

export function registerThread(
  app: App,
  acting: Acting,
  given: Readonly<{ board: Pick<Board, 'ticketOf'>; rooms: Rooms; fetchFiles: FetchFiles }>,
): void {
  const { board, rooms, fetchFiles } = given;
  const { office, api, later } = acting;
  const strange = createRecent<true>(REMEMBERED);

  /** The ticket a thread is of. The card may stand already and the store not know yet: then the card itself says so. */
  async function ticketOf(thread: Place): Promise<string | null> {
    const ref = refOf(thread);
    if (strange.get(ref)) return null;
    const known = board.ticketOf(thread) ?? (await office().ticketAt('slack', ref));
    if (known !== null || !rooms.ours(thread.channel)) return known;
    const first = await api.at(thread);
    if (first?.ticket === undefined) strange.set(ref, true);
    return first?.ticket ?? null;
  }

  async function said(message: Written): Promise<void> {
    const { channel, user, thread_ts: thread } = message;
    const number = await ticketOf({ channel, ts: thread });
    if (number === null) return;
    const whom = { channel, user, thread };
    const agent = await acting.known(user, whom);
    if (!agent) return;
    const written = spoken(message.text);
    const internal = INTERNAL.test(written);
    const text = written.replace(INTERNAL, '');
    if (!text && message.files.length === 0) return;
    const id = ownId({ channel, ts: message.ts });
    // Who has just clicked 认领 writes as its holder.
    await acting.settled(number);
    const card = await office().ticket(number);
    if (!card) return;
    if (!internal && card.holder === 'agent' && card.assignee?.id === agent.id) {
      const { attachments, refused } = await fetchFiles(message.files);
      if (refused.length > 0) later('an agent could not be told of a file', () => api.whisper(whom, { text: notSent(refused) }));
      if (!text && attachments.length === 0) return;
      return acting.act(agent, { id, ticket: number, kind: 'reply', text, ...(attachments.length > 0 && { attachments }) }, whom);
    }
    // A file alone is seen in the thread; there is nothing to note.
    if (text) await acting.act(agent, { id, ticket: number, kind: 'note', text }, whom);
    if (internal || card.holder !== 'agent') return;
    const holder = card.assignee?.name ?? '同事';
    const question = `工单 ${number} 正由${holder}处理，您刚才写的只作为内部备注，没有发给客户。要回复客户，请先接手。`;
    later('an agent could not be asked to take over', () => api.whisper(whom, takeOverQuestion(number, question)));
  }

  const notSent = (refused: readonly string[]): string => `⚠️ 没有发给客户：${plain(refused.join('；'))}。`;

  /** What has gone out cannot be taken back: whoever edits or deletes it should know. */
  async function changed({ channel, message, previous_message: before }: z.infer<typeof Changed>): Promise<void> {
    if (message && message.text === before.text) return;
    const number = await ticketOf({ channel, ts: before.thread_ts });
    if (number === null) return;
    const id = ownId({ channel, ts: before.ts });
    if (!(await office().lines(number)).some((line) => line.kind === 'reply' && line.act === id)) return;
    const text = message
      ? '⚠️ 这条消息已经发给客户，修改不会同步给客户。需要更正时请另发一条。'
      : '⚠️ 这条消息已经发给客户，删除不会把它收回。需要更正时请另发一条。';
    await api.whisper({ channel, user: before.user, thread: before.thread_ts }, { text });
  }

  // Only `message`: a mention of the app comes a second time as `app_mention`, which nobody listens to.
  app.event('message', async ({ event }) => {
    const message = Said.safeParse(event);
    if (message.success && message.data.bot_id === undefined) return said(message.data);
    const change = Changed.safeParse(event);
    if (change.success && change.data.previous_message.bot_id === undefined) {
      later('an agent could not be told that a message had gone out', () => changed(change.data));
    }
  });
}
