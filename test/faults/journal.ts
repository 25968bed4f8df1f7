/** What platform and workplace saw happen, in order: the evidence by which a desk is judged. */

/** `taken`: the platform has it, whatever the desk heard of that. */
export type PlatformEntry = Readonly<{ at: number; user: string }> &
  (
    | Readonly<{ kind: 'sent'; id: string; text: string; opens: boolean }>
    | Readonly<{ kind: 'acked'; id: string; tries: number }>
    | Readonly<{ kind: 'got'; key: string; seq: number; text: string; taken: boolean }>
  );

/** What is shown of an agent's own words: on their way, with the customer, not sent, for colleagues only. */
export type Mark = 'waiting' | 'delivered' | 'failed' | 'internal';

export type DeskEntry = Readonly<{ at: number; ticket: string }> &
  (
    | Readonly<{ kind: 'card' }>
    /** What the card shows from now on. */
    | Readonly<{ kind: 'face'; shows: string }>
    | Readonly<{ kind: 'line'; id: string; text: string }>
    /** A line of what was said before there was a ticket. */
    | Readonly<{ kind: 'said'; id: string; text: string }>
    /** What stands on an agent's words when all is over. */
    | Readonly<{ kind: 'marks'; act: string; marks: readonly Mark[] }>
    /** `hears`: what the customer gets to read of it, `hides`: what they must not. */
    | Readonly<{ kind: 'act'; id: string; act: string; hears?: string | undefined; hides?: string | undefined }>
    | Readonly<{ kind: 'acted'; id: string; status: number }>
  );

export type Journals = Readonly<{ platform: readonly PlatformEntry[]; workplace: readonly DeskEntry[] }>;
