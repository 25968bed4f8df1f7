/** Counts how often one item of a line could not be taken in, over restarts and processes: one that never can must not hold up all others. */
import { z } from 'zod';
import { amend, type Notebook } from '../notebook';

const Tried = z.array(z.object({ id: z.string(), tries: z.number() }));
/** With the waits between them, about half a minute. */
const TRIES = 5;
const KEPT = 100;

export type Hopeless = Readonly<{
  /** What was tried so often that the next try is the last. */
  known(): Promise<ReadonlySet<string>>;
  /** Once more in vain. Counts only by being kept: while the store is away nothing becomes hopeless. */
  count(ids: readonly string[]): Promise<void>;
}>;

/** `name` of the line in the notebook. */
export function createHopeless(notebook: Notebook, name: string): Hopeless {
  const key = `tried:${name}`;
  const read = (value: unknown): z.infer<typeof Tried> => Tried.safeParse(value).data ?? [];
  return {
    known: async () => {
      const tried = read((await notebook.read(key))?.value);
      return new Set(tried.flatMap(({ id, tries }) => (tries >= TRIES ? id : [])));
    },
    async count(ids) {
      await amend(notebook, key, (value) => {
        const before = read(value);
        const others = before.filter(({ id }) => !ids.includes(id));
        const these = ids.map((id) => ({ id, tries: (before.find((one) => one.id === id)?.tries ?? 0) + 1 }));
        return [...others, ...these].slice(-KEPT);
      });
    },
  };
}
