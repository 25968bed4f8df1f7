import { ChannelError } from '../../adapters/channel';

describe('a channel error', () => {
  test('says whether the same send may succeed later and keeps its cause', () => {
    const cause = new Error('socket hang up');
    const error = new ChannelError('callback did not answer', { retryable: true, cause });
    expect([error.retryable, error.cause]).toEqual([true, cause]);
  });
});
