/** The environment, read once: one schema, every bad key reported together. The only reader of process.env. */
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { DamerauLevenshteinDistance } from 'natural/lib/natural/distance';
import { z } from 'zod';
import { emailKeys } from './config/email';
import { origin, origins, secret, timeZone, wholeNumber } from './config/fields';
import { fileKeys, fileProblems } from './config/files';
import { phoneKeys } from './config/phone';
import { slackKeys, slackProblems } from './config/slack';
import { teamsKeys } from './config/teams';
import { webhookKeys } from './config/webhook';
import { wechatKeys } from './config/wechat';
import { wechatOfficialKeys } from './config/wechatOfficial';
import { wecomKeys } from './config/wecom';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Every key this program reads; a channel's stand in a file of their own in config/. `.env.example` names the same keys; test/docs.test.ts holds the two together. */
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
  TIME_ZONE: timeZone.default('Asia/Shanghai'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `use one of ${LOG_LEVELS.join(', ')}`).default('info'),
  API_TOKEN: secret.optional(),
  TRUST_PROXY: wholeNumber(0, 9).default(0),
  WEB_SECRET: secret.optional(),
  WEB_ORIGINS: origins.default([]),
  ...fileKeys,
  ...phoneKeys,
  ...webhookKeys,
  ...emailKeys,
  ...wechatKeys,
  ...wechatOfficialKeys,
  ...wecomKeys,
  ...slackKeys,
  ...teamsKeys,
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
  const apart = [...fileProblems(given), ...slackProblems(given)];
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
