/** The keys of the telephone: PBXs that tell us of calls. */
import { z } from 'zod';
import { accountName, accounts, secret } from './fields';

const PhoneAccount = z.strictObject({
  account: accountName,
  secret,
  /** Which agent sits at which extension. */
  extensions: z.record(z.string(), z.string().min(1)).optional(),
});

export const phoneKeys = {
  PHONE_ACCOUNTS: accounts(PhoneAccount, '[{"account":"main","secret":"…","extensions":{"8001":"li"}}]')
    .refine(
      (given) => new Set(given.map((one) => one.secret)).size === given.length,
      'two accounts have the same secret; the secret says which account calls, so give each its own',
    )
    .default([]),
};
