import { createTokens, TOKEN_LIFE } from '../../../adapters/web/token';

const visitor = 'f3b1c2d4-0000-4000-8000-000000000001';

describe("a visitor's token", () => {
  let clock = 1_000_000;
  const tokens = createTokens('a secret of sufficient length', () => clock);
  beforeEach(() => {
    clock = 1_000_000;
  });

  test('says who came, on which account', () => {
    const { token } = tokens.issue('default', visitor);
    expect(tokens.read(token)).toEqual({ account: 'default', id: visitor, expiresAt: clock + TOKEN_LIFE });
  });

  test('is refused once any part was changed', () => {
    const { token } = tokens.issue('default', visitor);
    const forged = [
      token.replace('default', 'defaulu'),
      token.replace('0001.', '0002.'),
      token.replace(/\.(\d+)\./, (_, at: string) => `.${Number(at) + 1}.`),
      token.replace(/\.([\w-]{43})$/, (_, signature: string) => `.${[...signature].reverse().join('')}`),
      token.slice(0, token.lastIndexOf('.') + 1),
      '',
      'v1',
    ];
    expect(forged.filter((one) => one === token || tokens.read(one) !== null)).toEqual([]);
  });

  test('is refused when another secret signed it', () => {
    const stranger = createTokens('another secret of some length', () => clock);
    expect(tokens.read(stranger.issue('default', visitor).token)).toBeNull();
  });

  test('is over after its life, and not a moment before', () => {
    const { token } = tokens.issue('default', visitor);
    clock += TOKEN_LIFE - 1;
    expect(tokens.read(token)?.id).toBe(visitor);
    clock += 1;
    expect(tokens.read(token)).toBeNull();
  });
});
