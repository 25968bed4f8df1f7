import { webApi } from '@slack/bolt';
import { DeskError } from '../../../adapters/desk';
import { deskError, refusalOf } from '../../../adapters/slack/failure';

const refused = (error: string) => new webApi.WebAPIPlatformError({ ok: false, error });

describe('failures of Slack', () => {
  test('a wish for quiet is kept', () => {
    expect(deskError(new webApi.WebAPIRateLimitedError(7))).toMatchObject({ retryable: true, retryAfterMs: 7_000 });
  });

  test.each([
    ['Slack’s own trouble', refused('internal_error'), true],
    ['a wrong token', refused('invalid_auth'), false],
    ['a broken server', new webApi.WebAPIHTTPError(503, 'unavailable', {}), true],
    ['a wrong address', new webApi.WebAPIHTTPError(404, 'not found', {}), false],
    ['no answer', new webApi.WebAPIRequestError(new Error('timeout')), true],
    ['anything else', new Error('?'), true],
  ])('%s is tried again: %#', (_, error, retryable) => {
    expect(deskError(error)).toMatchObject({ retryable, retryAfterMs: undefined, cause: error });
  });

  test('a refusal that somebody can mend says how', () => {
    expect(deskError(refused('not_in_channel')).message).toBe('Slack refused: not_in_channel; invite the app into the channel');
  });

  test('a refusal is known by its name, wrapped or not', () => {
    expect(refusalOf(refused('message_not_found'))).toBe('message_not_found');
    expect(refusalOf(deskError(refused('message_not_found')))).toBe('message_not_found');
    expect(refusalOf(new DeskError('other', { retryable: true }))).toBeUndefined();
  });
});
