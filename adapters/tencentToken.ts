/** Tencent's access_token, one for all processes: kept in the notebook, fetched again by one of them when it is over or was refused. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ChannelError } from './channel';
import { amend, leaseOf, type Notebook } from './notebook';

/** As Tencent gives it: the token and how many seconds it holds. */
export type FreshToken = Readonly<{ token: string; seconds: number }>;
export type Tokens = Readonly<{
  get(): Promise<string>;
  /** A token that is not `refused`: that of another process when it has fetched one since, else a new one. */
  renew(refused: string): Promise<string>;
}>;

const Kept = z.object({ token: z.string(), until: z.number() });
type Kept = z.infer<typeof Kept>;
/** Given up so long before its end, so that no request travels with one that ends on the way. */
const EARLY_MS = 5 * 60_000;
const LEASE_MS = 10_000;
const LOOK_AGAIN_MS = 50;

/**
 * `key` names the note. `fetchToken` asks Tencent and throws ChannelError; it runs once however many ask, in this process or in others,
 * because a new token may end the one before.
 */
export function createTokens(
  options: Readonly<{ notebook: Notebook; key: string; fetchToken: () => Promise<FreshToken>; now?: () => number }>,
): Tokens {
  const { notebook, key, fetchToken, now = Date.now } = options;
  const lease = leaseOf(notebook, `${key}:fetching`, { owner: randomUUID(), ms: LEASE_MS, now });
  let known: Kept | null = null;
  let fetching: Promise<string> | null = null;

  const holds = (kept: Kept | null, refused?: string): kept is Kept => kept !== null && kept.token !== refused && kept.until > now();

  async function inNotebook(refused?: string): Promise<Kept | null> {
    const kept = Kept.safeParse((await notebook.read(key))?.value);
    return kept.success && holds(kept.data, refused) ? kept.data : null;
  }

  async function fetched(): Promise<Kept> {
    const { token, seconds } = await fetchToken();
    // One that holds for less than the margin is used for half its time.
    const kept = { token, until: now() + Math.max(seconds * 1_000 - EARLY_MS, seconds * 500) };
    await amend(notebook, key, () => kept);
    return kept;
  }

  async function find(refused?: string): Promise<string> {
    for (let waited = 0; waited <= LEASE_MS; waited += LOOK_AGAIN_MS) {
      known = await inNotebook(refused);
      if (known) return known.token;
      if (await lease.hold()) {
        try {
          // Whoever held it until now may have written one meanwhile.
          known = (await inNotebook(refused)) ?? (await fetched());
          return known.token;
        } finally {
          await lease.release();
        }
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
    throw new ChannelError('another process has been fetching the access_token for too long', { retryable: true });
  }

  function once(refused?: string): Promise<string> {
    fetching ??= find(refused).finally(() => {
      fetching = null;
    });
    return fetching;
  }

  return {
    get: async () => (holds(known) ? known.token : once()),
    async renew(refused) {
      if (holds(known, refused)) return known.token;
      // Somebody here may be looking for any token just now, and find that one.
      const found = await once(refused);
      return found === refused ? once(refused) : found;
    },
  };
}
