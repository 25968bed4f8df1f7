/** What platform and workplace saw happen, in order: the evidence by which a desk is judged. */

/** `taken`: the platform has it, whatever the desk heard of that. */
export type PlatformEntry = Readonly<{ at: number; user: string }> &
  (
    | Readonly<{ kind: 'sent'; id: string; text: string; opens: boolean }>
    | Readonly<{ kind: 'acked'; id: string; tries: number }>
    | Readonly<{ kind: 'got'; key: string; seq: number; text: string; taken: boolean }>
  );

export type DeskEntry = Readonly<{ at: number; ticket: string }> &
  (
    | Readonly<{ kind: 'card' }>
    | Readonly<{ kind: 'line'; id: string; text: string }>
    | Readonly<{ kind: 'act'; id: string; act: string; text?: string | undefined }>
    | Readonly<{ kind: 'acted'; id: string; status: number }>
  );

export type Journals = Readonly<{ platform: readonly PlatformEntry[]; workplace: readonly DeskEntry[] }>;
