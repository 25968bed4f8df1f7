/** The contract of what a channel must remember over restarts: cursors, tokens, quotas, references. Shared by all processes of the desk. */

/** A remembered value; `version` grows with every write. */
export type Note = Readonly<{ value: unknown; version: number }>;

/** One channel's own notes; keys of different channels never meet. Values are plain JSON and never null, and no key inside holds `.` or `$` (ids from outside go into lists, not into keys); the reader parses them as it would anything from outside. */
export interface Notebook {
  read(key: string): Promise<Note | null>;
  /** Writes when the note still has `version` (null: when there is none yet); false when somebody was quicker, and nothing is written. */
  write(key: string, value: unknown, version: number | null): Promise<boolean>;
  forget(key: string): Promise<void>;
}

/** Changes a note whatever others do meanwhile: `change` sees the newest value (null when there is none) and may run again. Returns what was written. */
export async function amend<T>(notebook: Notebook, key: string, change: (value: unknown) => T): Promise<T> {
  for (;;) {
    const note = await notebook.read(key);
    const value = change(note?.value ?? null);
    if (await notebook.write(key, value, note?.version ?? null)) return value;
  }
}

/** One of many processes does something that must be done by one alone: read a mailbox, hold a login, follow a cursor. */
export type Lease = Readonly<{
  /** Takes or extends it; false while somebody else's stands. Call again well before `ms` are over. */
  hold(): Promise<boolean>;
  /** Gives it up early, if it is ours. */
  release(): Promise<void>;
}>;

export function leaseOf(notebook: Notebook, key: string, options: Readonly<{ owner: string; ms: number; now: () => number }>): Lease {
  const { owner, ms, now } = options;
  const standing = (value: unknown): { owner: string; until: number } | null =>
    typeof value === 'object' && value !== null && 'owner' in value && 'until' in value
      ? { owner: String(value.owner), until: Number(value.until) }
      : null;
  return {
    async hold() {
      const note = await notebook.read(key);
      const held = standing(note?.value);
      if (held && held.owner !== owner && held.until > now()) return false;
      return notebook.write(key, { owner, until: now() + ms }, note?.version ?? null);
    },
    async release() {
      const note = await notebook.read(key);
      if (note && standing(note.value)?.owner === owner) await notebook.write(key, { owner, until: 0 }, note.version);
    },
  };
}
