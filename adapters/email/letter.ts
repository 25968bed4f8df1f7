/** A mail as the rest of the channel reads it: parsed, its headers at hand, nothing judged yet. */

export type Enclosed = Readonly<{ name: string; type: string; bytes: Buffer; inline: boolean }>;
export type Left = Readonly<{ name: string; why: string }>;

export type Letter = Readonly<{
  from: Readonly<{ address: string; name: string }> | null;
  subject: string;
  /** Without angle brackets; empty when the sender gave none. */
  messageId: string;
  inReplyTo: string;
  /** Oldest first. */
  references: readonly string[];
  text: string;
  html: string;
  enclosed: readonly Enclosed[];
  /** Attachments that were not even fetched, and why. */
  left: readonly Left[];
  /** All values of a header in order, unfolded; the name in lower case. */
  header(name: string): readonly string[];
}>;
