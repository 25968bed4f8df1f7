import fc from 'fast-check';
import { extract, extractTurns, validate } from '../../../dialogs/extract';
import { reads } from '../../../dialogs/extract/control';
import { understand } from '../../../dialogs/intents';

test.each([
  ['取消', 'cancel'],
  ['算了不办了', 'cancel'],
  ['重来', 'restart'],
  ['重新填写', 'restart'],
  ['转人工', 'human'],
  ['有没有活人', 'human'],
  ['rengong', 'human'],
  ['别机器人了', 'human'],
  ['叫你们客服来', 'human'],
  ['对的', 'yes'],
  ['没错', 'yes'],
  ['不对', 'no'],
  ['谢谢您', 'thanks'],
  ['不对,是四班', 'correction'],
  ['怎么取消', 'question'],
  ['继续', 'goOn'],
  ['您好', 'greeting'],
  ['跳过', 'skip'],
] as const)('%s means %s', (text, key) => {
  expect(reads(text)[key]).toBe(true);
});

test.each([['人工客服几点上班'], ['客服电话多少'], ['派人来修'], ['你是人工还是机器人'], ['人工费多少']])(
  '%s is no call for a person',
  (text) => {
    expect(reads(text).human).toBe(false);
  },
);

test.each([['怎么取消业务'], ['帮我取消校讯通'], ['短信没有收到'], ['那取消呢?']])('%s neither cancels the form nor answers no', (text) => {
  expect(reads(text)).toMatchObject({ cancel: false, no: false, skip: false });
});

test.each([
  ['1', 1],
  ['第一个', 1],
  ['选2', 2],
  ['第三', 3],
  ['最后一个', -1],
  ['三年级2班', null],
] as const)('%s chooses %s', (text, ordinal) => {
  expect(reads(text).ordinal).toBe(ordinal);
});

test.each([
  ['有帮助', true],
  ['解决了', true],
  ['没帮助', false],
  ['不是我要问的', false],
  ['卡丢了', null],
] as const)('%s: helpful %s', (text, helpful) => {
  expect(reads(text).helpful).toBe(helpful);
});

test('no text whatsoever makes reading fail or fill a field with what was not written', () => {
  const parts = fc.constantFrom(
    '三年级',
    '2班',
    '138',
    '00138000',
    '实验小学',
    '王小明',
    '妈妈',
    '不是',
    ':',
    ',',
    '\n',
    '手机',
    '😀',
    '(',
    ' ',
    '人工',
    '姓名',
  );
  const text = fc.oneof(
    fc.string({ maxLength: 60, unit: 'grapheme' }),
    fc.array(parts, { maxLength: 14 }).map((words) => words.join('')),
  );
  const context = { schools: [], directory: true, at: 0 };
  fc.assert(
    fc.property(text, (message) => {
      const found = extract(message, context);
      for (const slot of [found.slots.phone, found.slots.class, found.slots.school, found.slots.name])
        if (slot && !message.includes(slot.raw)) throw new Error(`read what nobody wrote: ${slot.raw}`);
      extractTurns([{ asked: 'phone', text: message }], context);
      for (const slot of ['school', 'class', 'name', 'phone', 'issue', 'relation'] as const) validate(slot, message, context);
      return understand(message, { classified: [], knowledge: { decision: 'none', hits: [] } }).length > 0;
    }),
    { numRuns: 300, seed: 20261122 },
  );
});
