/** Who speaks to the desk, and what comes in. */
import type { SlotName } from './form';

/** Milliseconds since the epoch; plain JSON, so a stored event replays to the same turn. */
export type Instant = number;

export type Locale = 'zh' | 'en';

export type Role = 'parent' | 'teacher' | 'admin' | 'prospect';

export type ChannelName = 'web' | 'webhook' | 'terminal' | 'wechat' | 'wechat-official' | 'wecom' | 'teams' | 'slack' | 'email' | 'phone';

/** Who we talk to: one person on one account of one channel. One address is one conversation. */
export type Address = Readonly<{ channel: ChannelName; account: string; user: string; thread?: string }>;

export type Attachment = Readonly<{ name: string; url: string; type: string; size: number }>;

export type Content =
  | Readonly<{ kind: 'text'; text: string }>
  /** A pressed button: `value` is what we put into the option, `label` what the customer saw. */
  | Readonly<{ kind: 'choice'; value: string; label?: string }>
  /** A form card sent as a whole. */
  | Readonly<{ kind: 'fields'; values: Readonly<Partial<Record<SlotName, string>>> }>
  | Readonly<{ kind: 'file' | 'image' | 'voice'; attachment: Attachment; transcript?: string }>
  | Readonly<{ kind: 'location'; latitude: number; longitude: number; label?: string }>
  /** The customer opened the chat without saying anything yet. */
  | Readonly<{ kind: 'hello' }>;

/**
 * What a customer sent. `id` is the platform's own, so a redelivery is recognised. Platforms that send words and attachments as one
 * message give one of these each; all but the first are its `part`. `failed`: why it could not be taken in as it came, in Chinese for agents; then
 * `content` is what can be told of it, and it is not answered but goes to a person.
 */
export type Inbound = Readonly<{
  id: string;
  from: Address;
  at: Instant;
  locale?: Locale;
  name?: string;
  content: Content;
  part?: true;
  failed?: string;
}>;
