/** The keys of the agents' desk in Slack. */
import { z } from 'zod';
import { httpUrl, parseJson } from './fields';

const channel = z.string().regex(/^[CG][A-Z0-9]{6,}$/, "use a channel id such as C0123456789 (at the end of the channel's details)");

const channels = z.string().transform((text, context): Readonly<Record<string, string>> => {
  const parsed = z.record(z.string(), channel).safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue('use a JSON map from department to channel id such as {"投诉专席":"C0123456789"}');
  return z.NEVER;
});

export const slackKeys = {
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xox[a-z]-/, 'copy the token that begins with xoxb- from OAuth & Permissions')
    .optional(),
  SLACK_SIGNING_SECRET: z.string().min(16, 'copy it whole from Basic Information').optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-/, 'copy the app-level token that begins with xapp- from Basic Information')
    .optional(),
  SLACK_API_URL: httpUrl.optional(),
  SLACK_CHANNEL: channel.optional(),
  SLACK_CHANNELS: channels.default({}),
  SLACK_SUPERVISORS: channel.optional(),
  SLACK_ONDUTY: z
    .string()
    .regex(/^S[A-Z0-9]{6,}$/, 'use the id of a user group such as S0123456789')
    .optional(),
};

/** Keys that need each other: half a desk would take no clicks or check no signatures. */
export function slackProblems(given: Readonly<Record<string, string>>): readonly string[] {
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
