import { decode, read } from '../../../adapters/webhook/decode';
import { encode, LIMITS } from '../../../adapters/webhook/encode';
import { links } from '../../support/links';

const payload = (body: unknown) => ({ account: 'sms', receivedAt: 1_000, body });

describe('a webhook body', () => {
  test('becomes one message of that account and user', () => {
    expect(decode(payload({ id: 'm1', user: '13800138000', text: '怎么退订' }))).toEqual([
      {
        id: 'm1',
        from: { channel: 'webhook', account: 'sms', user: '13800138000' },
        at: 1_000,
        content: { kind: 'text', text: '怎么退订' },
      },
    ]);
  });

  test('keeps the time the gateway gives, in milliseconds or ISO', () => {
    expect(decode(payload({ id: 'm1', user: 'u', text: 'x', at: 5 }))[0]?.at).toBe(5);
    expect(decode(payload({ id: 'm1', user: 'u', text: 'x', at: '2026-11-22T10:00:00+08:00' }))[0]?.at).toBe(
      Date.parse('2026-11-22T02:00:00Z'),
    );
  });

  test('text and attachments become one message each, ids derived', () => {
    const attachments = [{ name: 'a.jpg', url: 'https://gateway.example/a.jpg', type: 'image/jpeg', size: 9 }];
    const messages = decode(payload({ id: 'm1', user: 'u', text: '看图', attachments }));
    expect(messages.map(({ id, content, part }) => [id, content.kind, part])).toEqual([
      ['m1', 'text', undefined],
      ['m1/1', 'image', true],
    ]);
  });

  test('a pressed choice keeps its label', () => {
    expect(decode(payload({ id: 'm1', user: 'u', choice: 'yes', text: '确认提交' }))[0]?.content).toEqual({
      kind: 'choice',
      value: 'yes',
      label: '确认提交',
    });
  });

  test.each([null, 7, [], {}, { account: 'sms' }, payload({}), payload({ id: 'm', user: 'u', text: '  ' })])(
    'unknown payload %j is no message',
    (unknown) => expect(decode(unknown)).toEqual([]),
  );

  test('what is wrong is named field by field', () => {
    expect(read(payload({ id: '', text: 'x' })).problems.join()).toMatch(/id: .*user: /s);
    expect(read(payload({ id: 'm', user: 'u' })).problems).toEqual(['text is empty and nothing is attached']);
  });
});

describe('a reply for a gateway', () => {
  const options = [
    { value: 'yes', label: '确认提交' },
    { value: 'no', label: '取消' },
  ];

  test('carries choices as data and as a numbered list', () => {
    expect(encode({ kind: 'choices', text: '对吗?', options }, links)).toEqual([
      { kind: 'choices', text: '对吗?', plain: '对吗?\n1. 确认提交\n2. 取消', options },
    ]);
  });

  test("an agent's file goes as data with a whole address, and in words", () => {
    const attachment = { name: '说明.pdf', url: '/files/1', type: 'application/pdf', size: 9 };
    const url = 'https://help.example/files/1?opened';
    expect(encode({ kind: 'file', text: '[附件] 说明.pdf', attachment, from: '李老师' }, links)).toEqual([
      { kind: 'file', text: '[附件] 说明.pdf', plain: `[附件] 说明.pdf\n${url}`, attachment: { ...attachment, url } },
    ]);
  });

  test('a text over the limit is split, the choices stay with the last part', () => {
    const parts = encode({ kind: 'choices', text: '一'.repeat(LIMITS.textLength + 1), options }, links);
    expect(parts.map((part) => [part.text.length, part.options?.length ?? 0])).toEqual([
      [LIMITS.textLength, 0],
      [1, 2],
    ]);
  });

  test('more choices than the limit stand in the words, and none is left out', () => {
    const many = Array.from({ length: LIMITS.options + 5 }, (_, n) => ({ value: `v${n}`, label: `第${n}班` }));
    const [said, ...more] = encode({ kind: 'choices', text: '选', options: many }, links);
    expect([said?.options, more]).toEqual([undefined, []]);
    expect(said?.plain).toContain('25. 第24班');
    expect(said?.text).toBe(said?.plain);
  });
});
