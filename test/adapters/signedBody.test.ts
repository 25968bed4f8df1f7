import { REPLAY_WINDOW_MS, sign, verify } from '../../adapters/signedBody';

const secret = 'a secret of the gateway';
const now = Date.parse('2026-11-22T02:00:00Z');
const rawBody = Buffer.from('{"id":"1","user":"u","text":"退订"}');
const signed = { rawBody, signature: sign(rawBody, secret), timestamp: String(now / 1000) };

describe('a webhook signature', () => {
  test('is the hex HMAC-SHA256 of the raw body', () => {
    expect(sign('hello', 'key')).toBe('sha256=9307b3b915efb5171ff14d8cb55fbcc798c6c0ef1456d66ded1a6aa723a58b7b');
  });

  test('passes when body, secret and time fit', () => {
    expect(verify(signed, secret, now)).toBe('ok');
    expect(verify({ ...signed, timestamp: String(now) }, secret, now)).toBe('ok');
  });

  test('one changed byte, another secret or another length is forged', () => {
    expect(verify({ ...signed, rawBody: Buffer.from('{"id":"2","user":"u","text":"退订"}') }, secret, now)).toBe('forged');
    expect(verify(signed, 'another secret here', now)).toBe('forged');
    expect(verify({ ...signed, signature: 'sha256=00' }, secret, now)).toBe('forged');
  });

  test('older or newer than the window is stale, and so is a timestamp that is no number', () => {
    expect(verify(signed, secret, now + REPLAY_WINDOW_MS + 1)).toBe('stale');
    expect(verify(signed, secret, now - REPLAY_WINDOW_MS - 1)).toBe('stale');
    expect(verify({ ...signed, timestamp: 'yesterday' }, secret, now)).toBe('stale');
  });

  test('without a signature or a timestamp nothing passes', () => {
    expect(verify({ ...signed, signature: undefined }, secret, now)).toBe('unsigned');
    expect(verify({ ...signed, timestamp: undefined }, secret, now)).toBe('unsigned');
  });
});
