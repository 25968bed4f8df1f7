/** Kinds of values the environment holds, each saying what to write instead of what is wrong. */
import { z } from 'zod';

export const secret = z.string('write one of at least 16 characters').min(16, 'use at least 16 characters');

export const httpUrl = z.url({ protocol: /^https?$/, error: 'use an http(s) URL' });

export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `use a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `use a whole number from ${min} to ${max}`);

export const origins = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim().replace(/\/$/, ''))
      .filter(Boolean),
  )
  .refine(
    (given) => given.every(isOrigin),
    'use addresses without a path, separated by commas: https://school.example,https://www.example',
  );

export const origin = z
  .string()
  .transform((text) => text.trim().replace(/\/$/, ''))
  .refine(isOrigin, 'use an address without a path: https://help.school.example');

function isOrigin(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text.toLowerCase();
}

export const timeZone = z.string().refine(isTimeZone, 'use an IANA name such as Asia/Shanghai');

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** What we call an account of a channel: part of addresses and of conversation ids, so it must never change. */
export const accountName = z.string('name the account').regex(/^[a-z0-9-]{1,32}$/, 'use 1–32 of a–z, 0–9 and -');

/** A JSON list of one channel's accounts, each with a name of its own; every problem is told by its place. */
export function accounts<T extends Readonly<{ account: string }>>(one: z.ZodType<T>, example: string) {
  const list = z
    .array(one)
    .refine(
      (given) => new Set(given.map(({ account }) => account)).size === given.length,
      'two accounts have the same name; give each its own',
    );
  return z.string().transform((text, context): readonly T[] => {
    const json = parseJson(text);
    if (json === undefined) {
      context.addIssue(`use a JSON list such as ${example}`);
      return z.NEVER;
    }
    const parsed = list.safeParse(json);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) context.addIssue([issue.path.join('.'), issue.message].filter(Boolean).join(': '));
    return z.NEVER;
  });
}

/** Undefined when it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
