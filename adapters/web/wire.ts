/** What travels between the widget and the server: shared by both, so nothing here may need Node or a browser. */
import type { Attachment, Content, Instant, Locale, Reply } from '../../dialogs/vocabulary';

export const paths = {
  session: '/channels/web/session',
  messages: '/channels/web/messages',
  uploads: '/channels/web/uploads',
  socket: '/channels/web/socket',
} as const;

/** Longest text and longest form value a visitor may send, in UTF-16 units. */
export const MAX_TEXT = 2000;
export const MAX_FIELD = 500;
export const MAX_UPLOAD_BYTES = 5 * 1024 * 1024;
export const UPLOAD_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'application/pdf'] as const;

/** What the widget posts. `clientMsgId` is made once per message and kept on every resend. */
export type Message = Readonly<{ clientMsgId: string; content: Content; locale?: Locale }>;

/** One line of the conversation. `seq` orders it; a customer's own line carries the `clientMsgId` it was sent with. */
export type Line = Readonly<{
  seq: number;
  at: Instant;
  id: string;
  author: 'customer' | 'bot' | 'agent';
  authorName?: string;
  clientMsgId?: string;
  content?: Content;
  replies?: readonly Reply[];
}>;

export type RefusalCode =
  | 'bad_request'
  | 'unauthorized'
  | 'origin_refused'
  | 'text_too_long'
  | 'rate_limited'
  | 'unavailable'
  | 'upload_unknown'
  | 'file_too_large'
  | 'file_type_refused'
  | 'not_found';
/** Why something was not taken, for the widget to say in the visitor's language. `retryAfter` in seconds, `limit` in units or bytes. */
export type Refused = Readonly<{ ok: false; code: RefusalCode; limit?: number; retryAfter?: number }>;
/** `id` is the log's; it exists only once the message is durable. */
export type Sent = Readonly<{ ok: true; id: string; duplicate: boolean }>;
export type Session = Readonly<{ ok: true; token: string; visitor: string; expiresAt: Instant }>;
export type Uploaded = Readonly<{ ok: true; attachment: Attachment }>;
export type Lines = Readonly<{ ok: true; lines: readonly Line[] }>;

/** The events of the socket, by direction. */
export type FromVisitor = {
  send(message: unknown, ack: (result: Sent | Refused) => void): void;
  sync(after: unknown, ack: (result: Lines | Refused) => void): void;
};
export type ToVisitor = {
  lines(lines: readonly Line[]): void;
  typing(on: boolean): void;
};
/** What processes pass on to each other for their visitors. */
export type BetweenProcesses = {
  lines(room: string, lines: readonly Line[]): void;
  typing(room: string, on: boolean): void;
};
