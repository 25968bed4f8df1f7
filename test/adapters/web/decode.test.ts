import { decode, type Envelope, readMessage } from '../../../adapters/web/decode';
import { MAX_FIELD, MAX_TEXT } from '../../../adapters/web/wire';
import { createFiles } from '../../../src/files/files';
import { bare } from '../../../src/files/links';

const files = createFiles({ dir: 'never touched', secret: 'a secret of sufficient length', now: () => 0 });
const visitor = { account: 'default', id: 'visitor-0000000001', expiresAt: 9 };
const posted = (content: unknown, more: object = {}): Envelope => ({ visitor, at: 7, message: { clientMsgId: 'm1', content, ...more } });
const contentOf = (content: unknown): unknown => {
  const read = readMessage(posted(content), files);
  return read.ok ? read.inbound.content : read;
};

describe('what a visitor posts', () => {
  test('becomes a message of the visitor the token named, whatever the payload claims', () => {
    const claim = { from: { channel: 'web', account: 'default', user: 'somebody else' }, visitor: 'somebody else' };
    expect(decode(posted({ kind: 'text', text: '你好' }, { ...claim, locale: 'zh' }), files)).toEqual([
      {
        id: 'visitor-0000000001.m1',
        from: { channel: 'web', account: 'default', user: 'visitor-0000000001' },
        at: 7,
        locale: 'zh',
        content: { kind: 'text', text: '你好' },
      },
    ]);
  });

  test('loses control characters and outer white space, keeps lines', () => {
    expect(contentOf({ kind: 'text', text: '  第一行\u0000\n第二行\u2028 ' })).toEqual({ kind: 'text', text: '第一行\n第二行' });
  });

  test('of nothing but white space is no message', () => {
    expect(contentOf({ kind: 'text', text: ' \n ' })).toEqual({ ok: false, code: 'bad_request' });
  });

  test('may be as long as the limit and not one more, and the refusal says the limit', () => {
    expect(contentOf({ kind: 'text', text: '长'.repeat(MAX_TEXT) })).toMatchObject({ kind: 'text' });
    expect(contentOf({ kind: 'text', text: '长'.repeat(MAX_TEXT + 1) })).toEqual({ ok: false, code: 'text_too_long', limit: MAX_TEXT });
  });

  test('carries a pressed button with what it read', () => {
    expect(contentOf({ kind: 'choice', value: 'confirm', label: '确认提交' })).toEqual({
      kind: 'choice',
      value: 'confirm',
      label: '确认提交',
    });
  });

  test('carries a form card; unknown fields and endless values are refused', () => {
    const values = { school: ' 实验小学 ', phone: '13800138000' };
    expect(contentOf({ kind: 'fields', values })).toEqual({ kind: 'fields', values: { school: '实验小学', phone: '13800138000' } });
    expect(contentOf({ kind: 'fields', values: { password: 'x' } })).toEqual({ ok: false, code: 'bad_request' });
    expect(contentOf({ kind: 'fields', values: { issue: 'x'.repeat(MAX_FIELD + 1) } })).toMatchObject({
      code: 'text_too_long',
      limit: MAX_FIELD,
    });
  });

  test('may attach only what was uploaded here, and is not believed about name, type and size', () => {
    const file = `${'0f'.repeat(32)}.jpg`;
    const { url } = files.open({ name: '截图.jpg', url: bare(file), type: 'image/jpeg', size: 12 });
    expect(contentOf({ kind: 'file', attachment: { url, name: 'x.exe', type: 'text/html', size: 1 } })).toEqual({
      kind: 'image',
      attachment: { name: '截图.jpg', url: bare(file), type: 'image/jpeg', size: 12 },
    });
    expect(contentOf({ kind: 'image', attachment: { url: 'https://evil.example/x.png' } })).toEqual({ ok: false, code: 'upload_unknown' });
  });

  test.each([
    ['an id with a dot', { clientMsgId: 'a.b', content: { kind: 'hello' } }],
    ['an endless id', { clientMsgId: 'a'.repeat(65), content: { kind: 'hello' } }],
    ['a kind only other channels have', { clientMsgId: 'a', content: { kind: 'voice', url: 'x' } }],
    ['nothing', undefined],
  ])('with %s is refused', (_, message) => {
    expect(readMessage({ visitor, at: 0, message }, files)).toEqual({ ok: false, code: 'bad_request' });
  });
});
