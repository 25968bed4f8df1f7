import { contentOf, createTerminal } from '../../../adapters/terminal';

const terminal = createTerminal({ account: 'local', write: () => undefined });

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

  test('choices are printed as a numbered list', () => {
    expect(terminal.encode({ kind: 'choices', text: '您是?', options: [{ value: 'parent', label: '家长' }] })).toEqual(['您是?\n1. 家长']);
  });
});
