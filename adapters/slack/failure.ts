/** What Slack's failures mean to whoever waits: try again and when, or what somebody must mend. */
import { webApi } from '@slack/bolt';
import { DeskError } from '../desk';

/** Slack's own troubles; everything else it says stays true until somebody changes something. */
const passing: ReadonlySet<string> = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
  'rate_limited',
  'team_added_to_org',
]);

const advice: Readonly<Record<string, string>> = {
  not_in_channel: 'invite the app into the channel',
  channel_not_found: 'check SLACK_CHANNEL and SLACK_CHANNELS, and invite the app into the channel',
  is_archived: 'the channel is archived; name another in SLACK_CHANNEL or SLACK_CHANNELS',
  invalid_auth: 'copy SLACK_BOT_TOKEN anew from OAuth & Permissions',
  not_authed: 'copy SLACK_BOT_TOKEN anew from OAuth & Permissions',
  token_revoked: 'install the app again and copy SLACK_BOT_TOKEN anew',
  account_inactive: 'install the app again and copy SLACK_BOT_TOKEN anew',
  missing_scope: 'install the app again with the scopes of its manifest',
};

/** The failure of a Web API call as the contract has it. */
export function deskError(error: unknown): DeskError {
  if (error instanceof DeskError) return error;
  if (error instanceof webApi.WebAPIRateLimitedError) {
    const retryAfterMs = error.retryAfter * 1000;
    return new DeskError(`Slack wants ${error.retryAfter} s of quiet`, { retryable: true, retryAfterMs, cause: error });
  }
  if (error instanceof webApi.WebAPIPlatformError) {
    const code = error.data.error;
    return new DeskError(`Slack refused: ${code}${advice[code] ? `; ${advice[code]}` : ''}`, {
      retryable: passing.has(code),
      cause: error,
    });
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    return new DeskError(`Slack answered ${error.statusCode}`, { retryable: error.statusCode >= 500, cause: error });
  }
  return new DeskError('Slack does not answer', { retryable: true, cause: error });
}

/** What Slack calls its refusal, undefined when it is another failure. */
export function refusalOf(error: unknown): string | undefined {
  const cause = error instanceof DeskError ? error.cause : error;
  return cause instanceof webApi.WebAPIPlatformError ? cause.data.error : undefined;
}
