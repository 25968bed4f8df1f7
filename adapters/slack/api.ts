/** The calls of Slack's Web API the desk needs: paced per channel, one try each, failures as the contract has them. */
import { webApi } from '@slack/bolt';
import { z } from 'zod';
import { boltLog } from './boltLog';
import { deskError, refusalOf } from './failure';
import { EVENT_TYPE, type Keyed } from './ids';
import type { SlackOptions } from './options';
import type { Place } from './place';
import type { SendQueue } from './sendQueue';
import type { Block } from './views/said';

export type Shown = Readonly<{ text: string; blocks?: readonly Block[] }>;
export type Found = Place & Keyed;
/** A person who sees what nobody else sees, in a channel or in one of its threads. */
export type Whom = Readonly<{ channel: string; user: string; thread?: string | undefined }>;

export type Api = Readonly<{
  /** Posts once; the key goes with it. Never tried twice here: whoever tries again looks first. */
  post(to: Readonly<{ channel: string; thread?: string }>, shown: Shown, keyed: Keyed): Promise<Place>;
  /** Puts a message of ours into another shape; of several changes that wait only the newest is made. */
  change(place: Place, shown: Shown): Promise<void>;
  /** What only one person sees. */
  whisper(to: Whom, shown: Shown): Promise<void>;
  mark(place: Place, name: string): Promise<void>;
  unmark(place: Place, name: string): Promise<void>;
  /** Our own messages in a channel since then, newest first. */
  inChannel(channel: string, since: number): Promise<readonly Found[]>;
  /** Our own messages in a thread since then, oldest first; its first message is always among them. */
  inThread(thread: Place, since: number): Promise<readonly Found[]>;
  /** What a message of ours at this place was posted as; null when it is not ours. */
  at(place: Place): Promise<Keyed | null>;
  linkTo(place: Place): Promise<string>;
  /** The confirmed mail address of a member of the same workspace. */
  emailOf(user: string): Promise<string | null>;
  /** For what is not paced: forms and the home tab. */
  client: webApi.WebClient;
}>;

const TIMEOUT_MS = 5_000;
const PAGE = 200;
/** A key is looked for in the latest thousand messages; what is older was not posted a moment ago. */
const PAGES_AT_MOST = 5;
/** Slack's clock and ours differ a little. */
const CLOCKS_DIFFER_MS = 300_000;

const Message = z.object({
  ts: z.string(),
  metadata: z.object({
    event_type: z.literal(EVENT_TYPE),
    event_payload: z.object({ key: z.string(), ticket: z.string().optional(), act: z.string().optional() }),
  }),
});
const Page = z.object({
  messages: z.array(z.unknown()).default([]),
  has_more: z.boolean().default(false),
  response_metadata: z.object({ next_cursor: z.string().default('') }).default({ next_cursor: '' }),
});
const User = z.object({
  user: z.object({
    team_id: z.string().optional(),
    deleted: z.boolean().default(false),
    is_bot: z.boolean().default(false),
    is_stranger: z.boolean().default(false),
    is_email_confirmed: z.boolean().default(true),
    profile: z.object({ email: z.string().optional() }).default({}),
  }),
});

const metadata = (keyed: Keyed) => ({
  event_type: EVENT_TYPE,
  event_payload: Object.fromEntries(Object.entries(keyed).filter(([, value]) => value !== undefined)) as Record<string, string>,
});

const stampOf = (at: number): string => String(Math.max(0, at - CLOCKS_DIFFER_MS) / 1000);

function body({ text, blocks }: Shown) {
  // Links of customers are not fetched by anybody on our behalf.
  return { text, ...(blocks && { blocks: [...blocks] }), unfurl_links: false, unfurl_media: false };
}

export function createApi(options: SlackOptions, queue: SendQueue): Api {
  const client = new webApi.WebClient(options.botToken, {
    ...(options.apiUrl !== undefined && { slackApiUrl: options.apiUrl }),
    timeout: options.timeoutMs ?? TIMEOUT_MS,
    // Tries are the relay's, which keeps them in the store and looks before it posts again.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLog(options.log),
  });

  async function call<T>(task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      throw deskError(error);
    }
  }

  /** Done already is done. */
  async function unless(fine: string, task: () => Promise<unknown>): Promise<void> {
    try {
      await call(task);
    } catch (error) {
      if (refusalOf(error) !== fine) throw error;
    }
  }

  async function pages(
    ask: (cursor: string | undefined) => Promise<unknown>,
    channel: string,
    atMost = PAGES_AT_MOST,
  ): Promise<readonly Found[]> {
    const found: Found[] = [];
    let cursor: string | undefined;
    for (let n = 0; n < atMost; n += 1) {
      const page = Page.parse(await call(() => ask(cursor)));
      for (const one of page.messages) {
        const message = Message.safeParse(one);
        if (message.success) found.push({ channel, ts: message.data.ts, ...message.data.metadata.event_payload });
      }
      cursor = page.response_metadata.next_cursor || undefined;
      if (!page.has_more || cursor === undefined) break;
    }
    return found;
  }

  let team: string | undefined;
  /** The workspace our token belongs to: who writes from another one may say of themselves what they like. */
  async function ourTeam(): Promise<string | undefined> {
    team ??= (await call(() => client.auth.test())).team_id;
    return team;
  }

  return {
    client,
    post: (to, shown, keyed) =>
      queue.send(to.channel, () =>
        call(async () => {
          const { ts = '' } = await client.chat.postMessage({
            channel: to.channel,
            ...(to.thread !== undefined && { thread_ts: to.thread }),
            ...body(shown),
            metadata: metadata(keyed),
          });
          return { channel: to.channel, ts };
        }),
      ),
    // Metadata that is not sent stays as it was.
    change: ({ channel, ts }, shown) =>
      queue.send(channel, () => call(async () => void (await client.chat.update({ channel, ts, ...body(shown) }))), ts),
    whisper: ({ channel, user, thread }, { text, blocks }) =>
      call(async () => {
        const shown = { text, ...(blocks && { blocks: [...blocks] }) };
        // Outside channels a person is alone with us already.
        if (channel === user) await client.chat.postMessage({ channel: user, ...shown });
        else await client.chat.postEphemeral({ channel, user, ...shown, ...(thread !== undefined && { thread_ts: thread }) });
      }),
    mark: ({ channel, ts }, name) => unless('already_reacted', () => client.reactions.add({ channel, timestamp: ts, name })),
    unmark: ({ channel, ts }, name) => unless('no_reaction', () => client.reactions.remove({ channel, timestamp: ts, name })),
    inChannel(channel, since) {
      const ask = (cursor: string | undefined) =>
        client.conversations.history({
          channel,
          oldest: stampOf(since),
          limit: PAGE,
          include_all_metadata: true,
          ...(cursor && { cursor }),
        });
      return pages(ask, channel);
    },
    inThread({ channel, ts }, since) {
      const ask = (cursor: string | undefined) =>
        client.conversations.replies({
          channel,
          ts,
          oldest: stampOf(since),
          limit: PAGE,
          include_all_metadata: true,
          ...(cursor && { cursor }),
        });
      return pages(ask, channel);
    },
    async at({ channel, ts }) {
      const ask = () => client.conversations.replies({ channel, ts, limit: 1, include_all_metadata: true });
      const [first] = await pages(ask, channel, 1);
      return first?.ts === ts ? first : null;
    },
    async linkTo({ channel, ts }) {
      const { permalink = '' } = await call(() => client.chat.getPermalink({ channel, message_ts: ts }));
      return permalink;
    },
    async emailOf(user) {
      const team = await ourTeam();
      const parsed = User.safeParse(await call(() => client.users.info({ user })));
      if (!parsed.success) return null;
      const { team_id, deleted, is_bot, is_stranger, is_email_confirmed, profile } = parsed.data.user;
      // In a shared channel another workspace says what its members' addresses are.
      const foreign = is_stranger || team_id !== team;
      return deleted || is_bot || foreign || !is_email_confirmed ? null : (profile.email ?? null);
    },
  };
}
