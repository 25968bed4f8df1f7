/** Waits for what others do, as long as it takes and not longer. */

const DEADLINE_MS = 15_000;

export async function until(reached: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const began = Date.now(); !(await reached()); ) {
    if (Date.now() - began > DEADLINE_MS) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
