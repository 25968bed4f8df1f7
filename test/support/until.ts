/** Waits for what others do: tests wait for what they assert, never for time. */

/** A busy machine is slow; whoever has not answered by then never will. */
const WITHIN_MS = 20_000;

/** Resolves to what `look` finds, as soon as that is something; rejects, naming `what`, when it never is. */
export async function until<T>(
  look: () => T | Promise<T>,
  what = 'it comes to pass',
  withinMs = WITHIN_MS,
): Promise<Exclude<T, null | undefined | false>> {
  for (const began = Date.now(); ; await new Promise((resolve) => setTimeout(resolve, 5))) {
    const found = await look();
    if (found) return found as Exclude<T, null | undefined | false>; // just looked at
    if (Date.now() - began > withinMs) throw new Error(`waited in vain until ${what}`);
  }
}
