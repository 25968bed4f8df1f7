/** Whose login an account is: the first one it ever had, until a person says that it is somebody else's now. */
import { z } from 'zod';
import { amend, type Notebook } from '../notebook';
import type { Self } from './bot';

export type Binding = Readonly<{
  /** Whether this is who the account belongs to; nobody yet means that it is from now on. */
  isOurs(self: Self): Promise<boolean>;
  /** From now on it belongs to them. */
  confirm(identity: string, name: string): Promise<void>;
  owner(): Promise<Readonly<{ identity: string; name: string }> | null>;
}>;

const Note = z.object({ identity: z.string(), name: z.string() }).nullable().catch(null);

export function createBinding(notebook: Notebook, account: string): Binding {
  const key = `bound/${account}`;
  return {
    async isOurs({ identity, name }) {
      const known = Note.parse((await notebook.read(key))?.value ?? null);
      const bound = known ?? (await amend(notebook, key, (value) => Note.parse(value) ?? { identity, name }));
      return bound.identity === identity;
    },
    async confirm(identity, name) {
      await amend(notebook, key, () => ({ identity, name }));
    },
    owner: async () => Note.parse((await notebook.read(key))?.value ?? null),
  };
}
