/** The environment, read once: one schema, every bad key reported together. The only reader of process.env. */
import { z } from 'zod';

const WebhookAccount = z.strictObject({
  account: z.string('name the account').regex(/^[a-z0-9-]{1,32}$/, 'use 1–32 of a–z, 0–9 and -'),
  secret: z.string('write one of at least 16 characters').min(16, 'use at least 16 characters'),
  callback: z.url({ protocol: /^https?$/, error: 'use an http(s) URL' }).optional(),
});
export type WebhookAccount = z.infer<typeof WebhookAccount>;

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `use a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `use a whole number from ${min} to ${max}`);

const origins = z
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

function isOrigin(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text.toLowerCase();
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

const webhookAccounts = z.string().transform((text, context): WebhookAccount[] => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    context.addIssue('use a JSON list such as [{"account":"sms","secret":"…","callback":"https://…"}]');
    return z.NEVER;
  }
  const parsed = z.array(WebhookAccount).refine(differ, 'two accounts have the same name; give each its own').safeParse(json);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) context.addIssue([issue.path.join('.'), issue.message].filter(Boolean).join(': '));
  return z.NEVER;
});

const differ = (accounts: readonly WebhookAccount[]): boolean => new Set(accounts.map(({ account }) => account)).size === accounts.length;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Every key this program reads. `.env.example` names the same keys; test/docs.test.ts holds the two together. */
const Environment = z.object({
  PORT: wholeNumber(0, 65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'begin with mongodb:// or mongodb+srv://')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'begin with redis:// or rediss://')
    .optional(),
  TIME_ZONE: z.string().refine(isTimeZone, 'use an IANA name such as Asia/Shanghai').default('Asia/Shanghai'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `use one of ${LOG_LEVELS.join(', ')}`).default('info'),
  API_TOKEN: z.string().min(16, 'use at least 16 characters').optional(),
  TRUST_PROXY: wholeNumber(0, 9).default(0),
  WEB_SECRET: z.string().min(16, 'use at least 16 characters').optional(),
  WEB_ORIGINS: origins.default([]),
  WEBHOOK_ACCOUNTS: webhookAccounts.default([]),
});
export type Config = Readonly<z.infer<typeof Environment>>;
export const CONFIG_KEYS: readonly string[] = Object.keys(Environment.shape);

/** Some keys are wrong: `problems` holds one line a key, each saying what to do. */
export class ConfigError extends Error {
  readonly code = 'config';
  readonly problems: readonly string[];
  constructor(problems: readonly string[], cause?: unknown) {
    super(`The configuration cannot be used:\n${problems.map((line) => `  - ${line}`).join('\n')}\nMend this in .env and start again.`, {
      cause,
    });
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** An empty value counts as not set. Throws ConfigError naming every bad key. Values are never repeated: they may be secrets. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(CONFIG_KEYS.flatMap((key) => (env[key]?.trim() ? [[key, env[key].trim()]] : [])));
  const parsed = Environment.safeParse(given);
  if (parsed.success) return Object.freeze(parsed.data);
  throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
}

/** Reads `.env` of the working directory when there is one; what the shell sets wins over it. */
export function loadConfig(): Config {
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
      throw new ConfigError(
        ['.env: cannot be read as a text file; make it one of KEY=value lines (see .env.example), or remove it'],
        error,
      );
    }
  }
  return parseConfig(process.env);
}
