import { freshLine, lineOf } from '../../../adapters/web/encode';
import { createFiles } from '../../../src/files/files';
import { bare } from '../../../src/files/links';

const files = createFiles({ dir: 'never touched', secret: 'a secret of sufficient length', now: () => 0 });
const to = { channel: 'web', account: 'default', user: 'v' } as const;

describe('a line for the widget', () => {
  test('of a fresh reply is the same line the log gives later', () => {
    const reply = { kind: 'text', text: '您好' } as const;
    expect(freshLine({ key: 'e:0', seq: 3, to, reply }, 9, files)).toEqual(
      lineOf({ seq: 3, at: 9, id: 'e:0', author: 'bot', reply }, files),
    );
  });

  test("of an agent shows the agent's name", () => {
    expect(freshLine({ key: 'e:0', seq: 3, to, reply: { kind: 'text', text: '我来处理', from: '李老师' } }, 9, files)).toMatchObject({
      author: 'agent',
      authorName: '李老师',
    });
  });

  test('of the customer carries the id it was sent with, so the widget knows its own words', () => {
    const entry = { seq: 1, at: 1, id: 'web:default:visitor.m-1', author: 'customer', content: { kind: 'text', text: '在吗' } } as const;
    expect(lineOf(entry, files)).toMatchObject({ clientMsgId: 'm-1', content: { kind: 'text', text: '在吗' } });
  });

  test("with an agent's file carries a link that opens, fresh and from the log", () => {
    const attachment = { name: '说明.pdf', url: bare(`${'ab'.repeat(32)}.pdf`), type: 'application/pdf', size: 3 };
    const reply = { kind: 'file', text: '[附件] 说明.pdf', attachment, from: '李老师' } as const;
    const fresh = freshLine({ key: 'e:0', seq: 3, to, reply }, 9, files);
    const stored = lineOf({ seq: 3, at: 9, id: 'e:0', author: 'agent', authorName: '李老师', reply }, files);
    expect(fresh).toEqual(stored);
    const [shown] = fresh.replies ?? [];
    expect(shown?.kind === 'file' && files.linked(shown.attachment.url)).toEqual(attachment);
  });

  test('with a picture carries a link that opens', () => {
    const attachment = { name: 'a.png', url: bare(`${'ab'.repeat(32)}.png`), type: 'image/png', size: 3 };
    const line = lineOf({ seq: 1, at: 1, id: 'x.y', author: 'customer', content: { kind: 'image', attachment } }, files);
    expect(line.content?.kind === 'image' && files.linked(line.content.attachment.url)?.size).toBe(3);
  });
});
