/** The environment, read once: one schema, every bad key reported together. The only reader of process.env. */
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { DamerauLevenshteinDistance } from 'natural/lib/natural/distance';
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

const origin = z
  .string()
  .transform((text) => text.trim().replace(/\/$/, ''))
  .refine(isOrigin, 'use an address without a path: https://help.school.example');

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

const slackChannel = z.string().regex(/^[CG][A-Z0-9]{6,}$/, "use a channel id such as C0123456789 (at the end of the channel's details)");

const slackChannels = z.string().transform((text, context): Readonly<Record<string, string>> => {
  const parsed = z.record(z.string(), slackChannel).safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue('use a JSON map from department to channel id such as {"投诉专席":"C0123456789"}');
  return z.NEVER;
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keys of Slack that need each other: half a desk would take no clicks or check no signatures. */
function slackProblems(given: Readonly<Record<string, string>>): readonly string[] {
  if (given.SLACK_BOT_TOKEN === undefined) {
    return ['SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN', 'SLACK_CHANNEL']
      .filter((key) => given[key] !== undefined)
      .map((key) => `${key}: the desk in Slack needs SLACK_BOT_TOKEN too; copy it from OAuth & Permissions, or empty this key`);
  }
  const problems: string[] = [];
  if (given.SLACK_SIGNING_SECRET === undefined && given.SLACK_APP_TOKEN === undefined) {
    problems.push(
      'SLACK_BOT_TOKEN: events of Slack cannot be trusted without SLACK_SIGNING_SECRET (copy it from Basic Information) or SLACK_APP_TOKEN (Socket Mode)',
    );
  }
  if (given.SLACK_CHANNEL === undefined) problems.push('SLACK_CHANNEL: name the channel where tickets go, by its id such as C0123456789');
  return problems;
}

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
  PUBLIC_URL: origin.optional(),
  TIME_ZONE: z.string().refine(isTimeZone, 'use an IANA name such as Asia/Shanghai').default('Asia/Shanghai'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `use one of ${LOG_LEVELS.join(', ')}`).default('info'),
  API_TOKEN: z.string().min(16, 'use at least 16 characters').optional(),
  TRUST_PROXY: wholeNumber(0, 9).default(0),
  WEB_SECRET: z.string().min(16, 'use at least 16 characters').optional(),
  WEB_ORIGINS: origins.default([]),
  WEBHOOK_ACCOUNTS: webhookAccounts.default([]),
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xox[a-z]-/, 'copy the token that begins with xoxb- from OAuth & Permissions')
    .optional(),
  SLACK_SIGNING_SECRET: z.string().min(16, 'copy it whole from Basic Information').optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-/, 'copy the app-level token that begins with xapp- from Basic Information')
    .optional(),
  SLACK_API_URL: z.url({ protocol: /^https?$/, error: 'use an http(s) URL' }).optional(),
  SLACK_CHANNEL: slackChannel.optional(),
  SLACK_CHANNELS: slackChannels.default({}),
  SLACK_SUPERVISORS: slackChannel.optional(),
  SLACK_ONDUTY: z
    .string()
    .regex(/^S[A-Z0-9]{6,}$/, 'use the id of a user group such as S0123456789')
    .optional(),
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

type Keys = Readonly<Record<string, string | undefined>>;

/**
 * What the shell sets wins over `.env`. An empty value counts as not set. Throws ConfigError naming every bad key, in the file also those
 * nobody knows: a shell is everybody's, the file is ours. Values are never repeated: they may be secrets.
 */
export function parseConfig(shell: Keys, file: Keys = {}): Config {
  const env = { ...file, ...shell };
  const given = Object.fromEntries(CONFIG_KEYS.flatMap((key) => (env[key]?.trim() ? [[key, env[key].trim()]] : [])));
  const parsed = Environment.safeParse(given);
  const unknown = Object.keys(file).filter((key) => !CONFIG_KEYS.includes(key));
  const apart = slackProblems(given);
  if (parsed.success && unknown.length === 0 && apart.length === 0) return Object.freeze(parsed.data);
  const issues = parsed.error?.issues ?? [];
  throw new ConfigError([...unknown.map(tellUnknown), ...issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`), ...apart]);
}

function tellUnknown(key: string): string {
  const [nearest] = CONFIG_KEYS.map((known) => ({ known, distance: DamerauLevenshteinDistance(key.toUpperCase(), known) }))
    .filter(({ distance }) => distance <= key.length / 3)
    .sort((a, b) => a.distance - b.distance);
  return `${key}: there is no such key; ${nearest ? `did you mean ${nearest.known}?` : 'take it out, or see .env.example for those there are'}`;
}

/** Reads `.env` of the working directory when there is one. */
export function loadConfig(): Config {
  return parseConfig(process.env, readEnvFile());
}

function readEnvFile(): Keys {
  try {
    return parseEnv(readFileSync('.env', 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new ConfigError(['.env: cannot be read as a text file; make it one of KEY=value lines (see .env.example), or remove it'], error);
  }
}
