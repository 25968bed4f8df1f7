/** The visitor's token: who somebody is on which account, signed by us. The client's word alone counts for nothing. */
import { createSigner } from '../signature';

/** One person's browser on one account. */
export type Visitor = Readonly<{ account: string; id: string; expiresAt: number }>;

export type Tokens = Readonly<{
  /** A token for this visitor that lasts from now on; also how an older token is renewed. */
  issue(account: string, id: string): Readonly<{ token: string; visitor: Visitor }>;
  /** Null when the token is not ours, was changed, or is over. */
  read(token: string): Visitor | null;
}>;

const DAY = 24 * 60 * 60 * 1000;
/** A parent may come back next term and still find the conversation; each visit renews. */
export const TOKEN_LIFE = 180 * DAY;

export function createTokens(secret: string, now: () => number): Tokens {
  const signer = createSigner(secret, 'qiao web visitor');
  return {
    issue(account, id) {
      const visitor = { account, id, expiresAt: now() + TOKEN_LIFE };
      const body = `v1.${account}.${id}.${visitor.expiresAt}`;
      return { token: `${body}.${signer.sign(body)}`, visitor };
    },
    read(token) {
      const [, body = '', account = '', id = '', expires = '', signature = ''] =
        /^(v1\.([a-z0-9-]{1,32})\.([\w-]{16,64})\.(\d{1,16}))\.([\w-]{43})$/.exec(token) ?? [];
      if (!body || !signer.verify(body, signature)) return null;
      const expiresAt = Number(expires);
      return expiresAt > now() ? { account, id, expiresAt } : null;
    },
  };
}
