import type { Entry } from '../../../adapters/channel';
import type { DeskLine } from '../../../adapters/desk';
import { threadOf } from '../../../adapters/page/thread';

const asked: Entry = { seq: 1, at: 10, id: 'web:m1', author: 'customer', content: { kind: 'text', text: '我的电话13800138000' } };
const queued: Entry = { seq: 2, at: 20, id: 'web:m1:0', author: 'bot', reply: { kind: 'text', text: '工单编号 1' } };
const claimed: DeskLine = { id: 'desk:1:c', at: 30, kind: 'change', text: '李老师认领了工单' };
const reply: DeskLine = { id: 'desk:1:r', at: 40, kind: 'reply', act: 'r', agent: 'li', name: '李老师', text: '您好' };
const spoken: Entry = {
  seq: 3,
  at: 40,
  id: 'desk:1:r:0',
  author: 'agent',
  authorName: '李老师',
  reply: { kind: 'text', text: '您好', from: '李老师' },
};
const answer: Entry = { seq: 4, at: 50, id: 'web:m2', author: 'customer', content: { kind: 'text', text: '换成13900139000了' } };
const heard: DeskLine = { id: 'web:m2:0', at: 51, kind: 'customer', text: '换成13900139000了' };
const note: DeskLine = { id: 'desk:1:n', at: 60, kind: 'note', act: 'n', name: '李老师', text: '疑似停机' };

const thread = (transcript: readonly Entry[], lines: readonly DeskLine[], plain = true) =>
  threadOf({ transcript, lines, plain, open: (file) => ({ ...file, url: `${file.url}?signed` }) });
const told = (items: ReturnType<typeof thread>) =>
  items.map((item) => (item.kind === 'customer' ? (item.content.kind === 'text' ? item.content.text : item.content.kind) : item.text));

describe('the thread of a ticket', () => {
  test('says everything once, in the order in which it happened', () => {
    const items = thread([asked, queued, spoken, answer], [claimed, reply, heard, note]);
    expect(items.map(({ kind }) => kind)).toEqual(['customer', 'bot', 'change', 'agent', 'customer', 'note']);
  });

  test('keeps its order whatever the clock of a customer says', () => {
    const late = { ...asked, at: 9_000 };
    const early = { ...answer, at: 0 };
    expect(thread([late, queued, spoken, early], [claimed, reply, heard, note]).map(({ kind }) => kind)).toEqual([
      'customer',
      'bot',
      'change',
      'agent',
      'customer',
      'note',
    ]);
  });

  test('masks numbers in replies for those who only look on: who sends one again must send the same words', () => {
    const told13800138000 = { ...reply, text: '请打13800138000' };
    expect(told(thread([], [told13800138000]))).toEqual(['请打13800138000']);
    expect(told(thread([], [told13800138000], false))).toEqual(['请打138****8000']);
  });

  test("an agent's words show before the log has them, and what became of them", () => {
    const states = (lines: readonly DeskLine[], transcript: readonly Entry[] = []) =>
      thread(transcript, lines).flatMap((item) => (item.kind === 'agent' ? [item.delivery] : []));
    const failed: DeskLine = { id: 'f', at: 41, kind: 'undelivered', act: 'r', reason: '平台拒绝' };
    const arrived: DeskLine = { id: 'd', at: 42, kind: 'delivered', act: 'r' };
    expect(states([reply])).toEqual([{ state: 'waiting' }]);
    expect(states([reply, failed], [spoken])).toEqual([{ state: 'failed', reason: '平台拒绝' }]);
    expect(states([reply, failed, arrived], [spoken])).toEqual([{ state: 'delivered' }]);
  });

  test('a result shows whether it reached the customer', () => {
    const result: DeskLine = { id: 'd', at: 80, kind: 'result', act: 'd1', text: '李老师已解决：已补发' };
    const states = (...lines: readonly DeskLine[]) => thread([], lines).map((item) => 'delivery' in item && item.delivery);
    expect(states(result)).toEqual([{ state: 'waiting' }]);
    expect(states(result, { id: 'e', at: 81, kind: 'delivered', act: 'd1' })).toEqual([{ state: 'delivered' }]);
    expect(states(result, { id: 'e', at: 81, kind: 'undelivered', act: 'd1', reason: '拒收' })).toEqual([
      { state: 'failed', reason: '拒收' },
    ]);
  });

  test('words and files that were sent together stand there once', () => {
    const attachment = { name: 'a.png', url: '/files/a.png', type: 'image/png', size: 3 };
    const file: Entry = { ...spoken, seq: 4, id: 'desk:1:r:1', reply: { kind: 'file', text: 'a.png', attachment, from: '李老师' } };
    expect(thread([spoken, file], [{ ...reply, attachments: [attachment] }])).toHaveLength(1);
  });

  test('gives every file an address that opens now', () => {
    const attachment = { name: 'a.png', url: '/files/a.png', type: 'image/png', size: 3 };
    const picture: Entry = { seq: 5, at: 70, id: 'web:m3', author: 'customer', content: { kind: 'image', attachment } };
    expect(thread([picture], [{ ...reply, attachments: [attachment] }])).toEqual([
      expect.objectContaining({ attachments: [{ ...attachment, url: '/files/a.png?signed' }] }),
      expect.objectContaining({ content: { kind: 'image', attachment: { ...attachment, url: '/files/a.png?signed' } } }),
    ]);
  });
});
