/** Tencent's own published samples, and two independent implementations, agree with ours in both directions. */
import { createCipheriv } from 'node:crypto';
import * as wecom from '@wecom/crypto';
import fc from 'fast-check';
import { aesKeyOf, decryptTencent, encryptTencent, isTencentSignature, tencentSignature } from '../../adapters/tencentCrypto';

type WechatCrypto = new (
  token: string,
  key: string,
  id: string,
) => { encrypt(text: string): string; decrypt(text: string): { message: string; id: string } };
const WXBizMsgCrypt: WechatCrypto = require('wechat-crypto');

// The sample of Tencent's callback documentation.
const TOKEN = 'QDG6eK';
const AES_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const ID = 'wx5823bf96d3bd56c7';
const ECHO = 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==';
const HELLO =
  'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==';

const keyOf = (text: string): Buffer => aesKeyOf(text) ?? Buffer.alloc(32);
const key = keyOf(AES_KEY);

describe("Tencent's published samples", () => {
  test('the verification of a callback address is signed and opens to its echo', () => {
    expect(tencentSignature(TOKEN, '1409659589', '263014780', ECHO)).toBe('5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3');
    expect(decryptTencent(ECHO, key, ID)).toEqual({ kind: 'opened', message: '1616140317555161061' });
  });

  test('a message is signed and opens to its XML', () => {
    expect(isTencentSignature('477715d11cdb4164915debcba66cb864d751f3e6', TOKEN, '1409659813', '1372623149', HELLO)).toBe(true);
    const opened = decryptTencent(HELLO, key, ID);
    expect(opened).toMatchObject({ kind: 'opened', message: expect.stringContaining('<Content><![CDATA[hello]]></Content>') });
    expect(opened).toMatchObject({ message: expect.stringContaining('<MsgId>4561255354251345929</MsgId>') });
  });

  test('with the random bytes given, the cipher text is the published one to the last character', () => {
    const published = 'jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==';
    const anotherKey = keyOf('abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG');
    expect(encryptTencent('我是中文abcd123', anotherKey, 'wxb11529c136998cb6', Buffer.from('aaaabbbbccccdddd'))).toBe(published);
  });
});

test('two independent libraries read what we write, and we read what they write, whatever the text', () => {
  const peer = new WXBizMsgCrypt(TOKEN, AES_KEY, ID);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const message = `家长您好😀${text}`;
      const ours = encryptTencent(message, key, ID);
      expect(wecom.decrypt(AES_KEY, ours)).toMatchObject({ message, id: ID });
      expect(peer.decrypt(ours)).toEqual({ message, id: ID });
      expect(decryptTencent(wecom.encrypt(AES_KEY, message, ID), key, ID)).toEqual({ kind: 'opened', message });
      expect(decryptTencent(peer.encrypt(message), key, ID)).toEqual({ kind: 'opened', message });
      expect(tencentSignature(TOKEN, '1', '2', ours)).toBe(wecom.getSignature(TOKEN, '1', '2', ours));
    }),
    { numRuns: 100, seed: 20261122 },
  );
});

describe('what is refused, always as a value', () => {
  test.each([
    ['a signature with one character changed', '577715d11cdb4164915debcba66cb864d751f3e6'],
    ['a signature of another length', '4777'],
    ['no signature', undefined],
  ])('%s', (_, given) => {
    expect(isTencentSignature(given, TOKEN, '1409659813', '1372623149', HELLO)).toBe(false);
  });

  test('a message for another account, though the key is the same', () => {
    expect(decryptTencent(HELLO, key, 'wx0000000000000000')).toEqual({ kind: 'refused', reason: 'other-receiver' });
  });

  test.each([
    ['nothing', ''],
    ['no base64', '你好'],
    ['half a block', HELLO.slice(0, 12)],
  ])('%s', (_, cipherText) => {
    expect(decryptTencent(cipherText, key, ID)).toEqual({ kind: 'refused', reason: 'cipher-malformed' });
  });

  test('anything written with another key, or cut, or changed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.string({ unit: 'grapheme' }), (other, text) => {
        expect(decryptTencent(encryptTencent(text, Buffer.from(other), ID), key, ID).kind).toBe('refused');
        const bytes = Buffer.from(encryptTencent(text, key, ID), 'base64');
        expect(decryptTencent(bytes.subarray(0, bytes.length - 16).toString('base64'), key, ID).kind).toBe('refused');
      }),
      { numRuns: 200, seed: 20261122 },
    );
  });

  test('a length that points behind the end', () => {
    const plain = Buffer.concat([Buffer.alloc(16), Buffer.from([0xff, 0xff, 0xff, 0xff]), Buffer.alloc(12, 12)]);
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
    expect(decryptTencent(sealed, key, ID)).toEqual({ kind: 'refused', reason: 'length-wrong' });
  });

  test('an EncodingAESKey that is not 43 characters', () => {
    expect(aesKeyOf(AES_KEY.slice(1))).toBeNull();
    expect(aesKeyOf(`${AES_KEY}=`)).toBeNull();
    expect(aesKeyOf(AES_KEY)).toHaveLength(32);
  });
});
