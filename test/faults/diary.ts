/** What the desks wrote down of their own failures, from the log of all their lives. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const Failed = z.object({ msg: z.literal('an effect failed'), effect: z.string() });

/** How often each reply was said to have failed: it may have arrived all the same, and comes again under its key. */
export async function failedSends(log: string): Promise<ReadonlyMap<string, number>> {
  const failed = new Map<string, number>();
  for (const line of (await readFile(log, 'utf8')).split('\n')) {
    const entry = line.startsWith('{') ? Failed.safeParse(parsed(line)).data : undefined;
    if (entry) failed.set(entry.effect, (failed.get(entry.effect) ?? 0) + 1);
  }
  return failed;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null; // a desk was killed while it wrote
  }
}
