import { channelError, Refused, retryAfterOf, Unreachable } from '../../../adapters/teams/failure';

const NOW = Date.parse('2026-11-23T02:00:00Z');

describe('what the platform answers to a reply', () => {
  test.each([
    [412, true],
    [429, true],
    [500, true],
    [502, true],
    [503, true],
    [504, true],
    [401, true],
    [400, false],
    [403, false],
    [404, false],
    [413, false],
  ])('%i may be tried again: %p', (status, retryable) => {
    expect(channelError(new Refused(status, '', undefined))).toMatchObject({ name: 'ChannelError', retryable });
  });

  test('names what is wrong in its words, and what to mend in ours', () => {
    expect(channelError(new Refused(403, 'BotNotInConversationRoster', undefined)).message).toBe(
      'the platform answered 403 BotNotInConversationRoster; the app was removed or blocked there, or may not write in this conversation',
    );
  });

  test('says when it wants to be tried again, in seconds or as a date', () => {
    expect(retryAfterOf('7', NOW)).toBe(7_000);
    expect(retryAfterOf('Mon, 23 Nov 2026 02:00:30 GMT', NOW)).toBe(30_000);
    expect([retryAfterOf(null, NOW), retryAfterOf('', NOW), retryAfterOf('soon', NOW), retryAfterOf('-3', NOW)]).toEqual(
      Array(4).fill(undefined),
    );
    expect(channelError(new Refused(429, '', 7_000)).retryAfterMs).toBe(7_000);
  });

  test('may be nothing at all, or no token to speak with: then the reply waits', () => {
    expect(channelError(new Unreachable(new Error('connect')))).toMatchObject({ retryable: true });
    expect(channelError(new Error('invalid_client'))).toMatchObject({ retryable: true, message: expect.stringContaining('appPassword') });
  });
});
