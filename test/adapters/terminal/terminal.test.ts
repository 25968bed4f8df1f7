import { contentOf, createTerminal } from '../../../adapters/terminal';
import { links } from '../../support/links';

const terminal = createTerminal({ account: 'local', files: links, write: () => undefined });

describe('the terminal', () => {
  test('a line is a message of that user', () => {
    expect(terminal.decode({ id: '1', user: 'me', at: 5, line: '怎么退订' })).toEqual([
      { id: '1', from: { channel: 'terminal', account: 'local', user: 'me' }, at: 5, content: { kind: 'text', text: '怎么退订' } },
    ]);
  });

  test('a script may press a choice or send an image', () => {
    expect(contentOf({ choice: 'yes' })).toEqual({ kind: 'choice', value: 'yes' });
    expect(contentOf({ image: 'https://a.example/b/card.png' })).toMatchObject({ kind: 'image', attachment: { name: 'card.png' } });
  });

  test.each([null, 1, {}, { id: '1', user: 'me', at: 1, line: { dance: true } }])('unknown payload %j is no message', (payload) => {
    expect(terminal.decode(payload)).toEqual([]);
  });

  test("an agent's file is printed with the address that opens it", () => {
    const attachment = { name: '说明.pdf', url: '/files/1', type: 'application/pdf', size: 9 };
    expect(terminal.encode({ kind: 'file', text: '[附件] 说明.pdf', attachment, from: '李老师' })).toEqual([
      '[附件] 说明.pdf\nhttps://help.example/files/1?opened',
    ]);
  });

  test('choices are printed as a numbered list', () => {
    expect(terminal.encode({ kind: 'choices', text: '您是?', options: [{ value: 'parent', label: '家长' }] })).toEqual(['您是?\n1. 家长']);
  });
});
