import { CARD_BYTES, encode, type Place } from '../../../adapters/teams/encode';
import type { Option, Reply } from '../../../dialogs/vocabulary';
import { buttonsOf, type Said, shownText } from '../../support/teams/platform';

const say = (reply: Reply, place?: Place) => encode(reply, place) as unknown as readonly Said[]; // what travels, as the other side reads it
const options = (count: number): Option[] => Array.from({ length: count }, (_, n) => ({ value: `v${n}`, label: `第${n + 1}项` }));
const intake: Extract<Reply, { kind: 'form' }> = {
  kind: 'form',
  text: '手机号码应是 11 位。\n请问您的手机号码？',
  form: 'intake',
  asking: 'phone',
  fields: [
    { name: 'school', label: '学校', required: true, value: '实验小学', hint: '比如：实验小学' },
    { name: 'phone', label: '手机号码', required: true, hint: '11 位' },
    { name: 'issue', label: '事由', required: true },
    { name: 'remark', label: '备注', required: false },
  ],
  options: [{ value: 'cancel', label: '取消', said: true }],
};
const group: Place = { to: { id: '29:wang', name: '王<老师>' } };
const cardIn = (said: Said | undefined) => said?.attachments?.[0]?.content;

describe('a form', () => {
  test('is one card with every field, what is known filled in, what is needed marked, and the reason on top', () => {
    const [said, ...more] = say(intake);
    const card = cardIn(said);
    expect(more).toEqual([]);
    expect(shownText(said ?? { type: 'message' })).toBe('手机号码应是 11 位。\n请问您的手机号码？\n学校\n手机号码\n事由\n备注');
    const inputs = card?.body.filter(({ type }) => type === 'Input.Text') ?? [];
    expect(inputs.map(({ id, value, isRequired }) => [id, value, isRequired])).toEqual([
      ['school', '实验小学', true],
      ['phone', undefined, true],
      ['issue', undefined, true],
      ['remark', undefined, false],
    ]);
    expect(inputs[1]).toMatchObject({ style: 'tel', errorMessage: '请填写手机号码' });
  });

  test('shows what was refused where it was typed, with the reason under it', () => {
    const wrong = { value: '1380013', reason: '手机号码应为11位，您写的「1380013」是7位。' };
    const fields = intake.fields.map((field) => (field.name === 'phone' ? { ...field, wrong } : field));
    const body = cardIn(say({ ...intake, fields })[0])?.body ?? [];
    const at = body.findIndex(({ id }) => id === 'phone');
    expect(body.slice(at, at + 2)).toMatchObject([{ value: '1380013' }, { type: 'TextBlock', text: wrong.reason, color: 'attention' }]);
  });

  test('is sent whole by one button; the others carry no half-filled field', () => {
    const actions = cardIn(say(intake)[0])?.actions;
    expect(actions).toMatchObject([
      { title: '提交', data: { qiao: 'fields', form: 'intake' } },
      { title: '取消', associatedInputs: 'none', data: { qiao: 'choice', value: 'cancel', label: '取消' } },
    ]);
  });

  test('shows in the list of chats what it asks', () => {
    expect(say(intake)[0]?.summary).toBe('手机号码应是 11 位。 请问您的手机号码？');
  });

  test('that is too large for a card is asked in words, and nothing of the question is lost', () => {
    const fields = Array.from({ length: 40 }, () => ({ name: 'issue' as const, label: '事由', required: false, value: '长'.repeat(500) }));
    const said = say({ ...intake, fields });
    expect(said.every(({ attachments }) => attachments === undefined)).toBe(true);
    expect(said.map(shownText).join('\n')).toContain('请问您的手机号码？');
    expect(said.map(shownText).join('\n')).toContain('取消');
    expect(Math.max(...said.map((one) => Buffer.byteLength(JSON.stringify(one))))).toBeLessThan(CARD_BYTES);
  });
});

describe('a read-back', () => {
  const card: Reply = {
    kind: 'card',
    title: '请核对咨询登记',
    text: '请核对咨询登记\n学校：实验小学\n事由：*看* [不到](javascript:x)\n以上对吗？',
    rows: [
      { label: '学校', value: '实验小学' },
      { label: '事由', value: '*看* [不到](javascript:x)' },
    ],
    options: [
      { value: 'confirm', label: '确认提交' },
      { value: 'change', label: '修改' },
    ],
  };

  test('is a card with a row a field and the buttons that confirm or change', () => {
    const said = say(card)[0] ?? { type: '' };
    expect(shownText(said)).toContain('学校 实验小学');
    expect(shownText(said)).toContain('以上对吗？');
    expect(cardIn(said)?.actions?.map(({ title, data }) => [title, data])).toEqual([
      ['确认提交', { qiao: 'choice', value: 'confirm', label: '确认提交' }],
      ['修改', { qiao: 'choice', value: 'change', label: '修改' }],
    ]);
  });

  test('shows what a customer wrote as it was written, never as a link or in bold', () => {
    expect(shownText(say(card)[0] ?? {})).toContain('\\*看\\* \\[不到\\](javascript:x)');
  });
});

describe('choices', () => {
  test('are suggested under the words in a chat of two; pressing one says its label', () => {
    const [said] = say({ kind: 'choices', text: '请选择', options: options(2) });
    expect(said?.suggestedActions?.actions).toEqual([
      { type: 'imBack', title: '第1项', value: '第1项' },
      { type: 'imBack', title: '第2项', value: '第2项' },
    ]);
  });

  test('are buttons of a card in a group, where suggestions are not shown, and only for the one who was asked', () => {
    const [said] = say({ kind: 'choices', text: '请选择', options: options(2) }, group);
    expect(said?.suggestedActions).toBeUndefined();
    expect(cardIn(said)?.actions?.[0]?.data).toEqual({ qiao: 'choice', value: 'v0', label: '第1项', for: '29:wang' });
  });

  test('beyond six are a numbered list', () => {
    const said = say({ kind: 'choices', text: '请选择', options: options(7) });
    expect(said.map(buttonsOf)).toEqual([0]);
    expect(said.map(shownText).join()).toContain('7. 第7项');
  });
});

describe('words', () => {
  test('go out as they are, without Markdown', () => {
    expect(say({ kind: 'text', text: '*请* 重启_手机_' })).toEqual([{ type: 'message', text: '*请* 重启_手机_', textFormat: 'plain' }]);
  });

  test('of an agent carry the name', () => {
    expect(say({ kind: 'text', text: '已经处理好了', from: '李老师' }).map(shownText)).toEqual(['李老师：已经处理好了']);
  });

  test('in a group call the one they are for, whose name can break nothing', () => {
    const [said] = say({ kind: 'text', text: '请*重启*\n再看' }, group);
    expect(said?.text).toBe('<at>王老师</at> 请\\*重启\\*\n\n再看');
    expect(said?.entities).toMatchObject([{ type: 'mention', mentioned: { id: '29:wang' }, text: '<at>王老师</at>' }]);
  });
});

describe("an agent's file", () => {
  const file = (type: string): Reply => ({
    kind: 'file',
    text: '请看说明',
    from: '李老师',
    attachment: { name: '说明', url: 'https://help.example/files/1?sig=x', type, size: 10 },
  });

  test('that is a picture is shown', () => {
    expect(say(file('image/png'))[0]?.attachments).toEqual([
      { contentType: 'image/png', contentUrl: 'https://help.example/files/1?sig=x', name: '说明' },
    ]);
  });

  test('that is none is opened by a button', () => {
    const [said] = say(file('application/pdf'));
    expect(shownText(said ?? {})).toBe('李老师：请看说明');
    expect(cardIn(said)?.actions).toEqual([
      { type: 'Action.OpenUrl', title: '打开文件 · Open', url: 'https://help.example/files/1?sig=x' },
    ]);
  });
});
