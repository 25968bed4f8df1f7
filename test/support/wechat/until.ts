/** Waits for something to become so, and says what it was waiting for when it never does. */

const WITHIN_MS = 15_000;

export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const began = Date.now(); !(await isSo()); await new Promise((resolve) => setTimeout(resolve, 10))) {
    if (Date.now() - began > WITHIN_MS) throw new Error(`it never came to this: ${what}`);
  }
}
