/** The contract of a customers' channel: it translates wire ⇄ vocabulary and decides nothing. */
import type { Address, ChannelName, Content, Inbound, Instant, Reply } from '../dialogs/vocabulary';

/**
 * What a platform carries. `merge`: the texts of one turn go out as one message, because the platform counts messages, interrupts with each,
 * or shows them as letters. `sendWithinMs`: how long a send may take where the channel paces them; what is still in its line then is no failure.
 */
export type Limits = Readonly<{ textLength: number; options: number; replyWithinMs?: number; merge?: true; sendWithinMs?: number }>;

/** How much may still be sent to a customer unasked: so many messages, until then. */
export type Budget = Readonly<{ left: number; until: Instant }>;

/** One reply as it is handed over for sending. `key` is the effect id: the same key is the same reply. `seq` orders it in its conversation. */
export type Outgoing = Readonly<{ key: string; seq: number; to: Address; reply: Reply }>;

/** What became of an accepted message: `duplicate` was known already and changed nothing. */
export type Accepted = Readonly<{ id: string; conversation: string; duplicate: boolean }>;
/**
 * Stores a message; resolves only once it is durable, so a channel may acknowledge after it and never before.
 * `request` is the id of the HTTP request or socket event that brought it, by which its turn is found in the log.
 */
export type Accept = (message: Inbound, request?: string) => Promise<Accepted>;

/** What a platform says later of a conversation, besides messages. */
export type News = Readonly<{ at: Instant }> &
  /** A reply that the platform had taken has not arrived after all. `key` as in Outgoing; `reason` in Chinese, for agents; `callBack` as in ChannelError. */
  (
    | Readonly<{ kind: 'undelivered'; key: string; of: Address; reason: string; callBack?: boolean }>
    /** What agents should know: the customer withdrew a message, somebody answered elsewhere. `id` is the platform's own; `text` in Chinese. */
    | Readonly<{ kind: 'remark'; of: Address; id: string; text: string }>
  );
/** Resolves once it is durable; the same again changes nothing. */
export type Tell = (news: News) => Promise<void>;

export interface Channel<Wire = unknown> {
  readonly name: ChannelName;
  readonly limits: Limits;
  /** Pure: one payload from the platform, zero or more messages. Unknown payloads are an empty list. */
  decode(payload: unknown): readonly Inbound[];
  /** Pure: degrades to the limits, never throws. */
  encode(reply: Reply): readonly Wire[];
  /** Hands one reply to the platform; throws ChannelError. Called again with the same key after a crash. */
  send(outgoing: Outgoing): Promise<void>;
  /** Begins to receive; resolves to the function that stops it. */
  start(accept: Accept, tell?: Tell): Promise<() => Promise<void>>;
  /** Where the platform limits what may be sent: how much of it is left for this customer. Null: nothing may be sent now. */
  budget?(to: Address): Promise<Budget | null>;
  /** Whether the channel hears and can speak, for whoever asks how we are; no secrets, no customers. */
  health?(): object;
}

/**
 * A channel could not deliver. `retryable` says whether the same send may succeed later, `retryAfterMs` is the platform's own wish how much later.
 * `callBack`: this customer can only be reached by telephone now; the message says why, in words for the agent.
 */
export class ChannelError extends Error {
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly callBack: boolean;
  constructor(message: string, options: { retryable: boolean; retryAfterMs?: number | undefined; callBack?: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'ChannelError';
    this.callBack = options.callBack ?? false;
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** One line of a conversation as both sides see it, in order of `seq`. */
export type Entry = Readonly<{
  seq: number;
  at: Instant;
  id: string;
  author: 'customer' | 'bot' | 'agent';
  authorName?: string;
  content?: Content;
  reply?: Reply;
}>;
/** The conversation after `seq`, oldest first, a page of it: how a customer who was away catches up. With `latest` so many lines of it, the last. */
export type History = (of: Address, after: number, latest?: number) => Promise<readonly Entry[]>;
/** Resolves with the replies to one accepted message once its turn is saved, or with what there is when the time is up. */
export type Settle = (accepted: Accepted, withinMs: number) => Promise<readonly Outgoing[]>;
