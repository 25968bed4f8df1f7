/** The keys of e-mail: the mailboxes customers write to. */
import { z } from 'zod';
import { accountName, accounts, wholeNumber } from './fields';

const secure = z.union([z.boolean(), z.literal('starttls')], 'use true (TLS), "starttls", or false (in the clear)').default(true);
const host = z.string('name the server').min(1, 'name the server');
const port = z.number('use a port number').int().min(1).max(65535);
const text = z.string().min(1);

const EmailAccount = z.strictObject({
  account: accountName,
  address: z.email('use the address customers write to').transform((address) => address.toLowerCase()),
  name: text.optional(),
  imap: z
    .strictObject({ host, port: port.optional(), secure, user: text, password: text, folder: text.default('INBOX') })
    .transform(({ port: given, ...rest }) => ({ ...rest, port: given ?? (rest.secure === true ? 993 : 143) })),
  smtp: z
    .strictObject({ host, port: port.optional(), secure, user: text.optional(), password: text.optional() })
    .refine(({ user, password }) => (user === undefined) === (password === undefined), 'give both user and password, or neither')
    .transform(({ port: given, ...rest }) => ({ ...rest, port: given ?? (rest.secure === true ? 465 : 587) })),
  authserv: text.transform((id) => id.toLowerCase()).optional(),
});

const EXAMPLE =
  '[{"account":"help","address":"help@school.example","imap":{"host":"imap.school.example","user":"…","password":"…"},"smtp":{"host":"smtp.school.example","user":"…","password":"…"}}]';

export const emailKeys = {
  EMAIL_ACCOUNTS: accounts(EmailAccount, EXAMPLE).default([]),
  EMAIL_ANSWERS_PER_HOUR: wholeNumber(1, 1000).default(20),
};
