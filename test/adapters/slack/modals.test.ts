/** The forms of the desk in Slack: what they ask, what they remember, and what becomes of what is sent. */
import type { types } from '@slack/bolt';
import type { Agent, Candidates, MaybeSame, Refused, TicketCard } from '../../../adapters/desk';
import { TEXT_LENGTH, VALUE } from '../../../adapters/slack/views/fields';
import { type About, aboutOf, FORM_KINDS, type FormKind, loading, told } from '../../../adapters/slack/views/modal';
import { formOf, resolveForm } from '../../../adapters/slack/views/modals';
import { readForm, submittedOf, writtenIn } from '../../../adapters/slack/views/submission';
import { RESULTS as PHRASES } from '../../../src/desk/phrases';
import { givenCard, heldBy, li, NUMBER } from './cards';
import { agentLi, agentZhao, createScriptedOffice } from './scriptedOffice';

const about = (kind: FormKind): About => ({ kind, ticket: NUMBER, channel: 'C1', thread: '1.1' });
const choosing = { agents: [agentLi, agentZhao], departments: ['客服部', '技术部'], phrases: PHRASES };
const open = (kind: FormKind, card: TicketCard = heldBy(li)) => formOf(about(kind), card, choosing);
const text = (view: types.ModalView): string => JSON.stringify(view);

type Input = Readonly<{
  block_id: string;
  optional?: boolean;
  element: { initial_value?: string; options?: unknown[]; option_groups?: unknown[] };
}>;
const inputs = (view: types.ModalView): readonly Input[] =>
  view.blocks.flatMap((block) => (block.type === 'input' ? [block as unknown as Input] : []));
const labels = (view: types.ModalView): readonly string[] => inputs(view).map(({ block_id }) => block_id);

/** What Slack sends back when `values` were typed over what the form held. */
function sent(view: types.ModalView, values: Readonly<Record<string, string>>, id = 'V1') {
  const state = Object.fromEntries(
    inputs(view).map(({ block_id, element }) => {
      const value = values[block_id] ?? element.initial_value ?? null;
      const select = element.option_groups !== undefined;
      return [block_id, { [VALUE]: select ? { selected_option: value === null ? null : { value } } : { value } }];
    }),
  );
  const read = submittedOf({ id, private_metadata: view.private_metadata, state: { values: state }, blocks: view.blocks });
  if (!read) throw new Error('the form was not read');
  return read;
}
const house = { problems: createScriptedOffice().office.problems, agents: [agentLi, agentZhao], supervisor: false };
const becomes = (view: types.ModalView, values: Readonly<Record<string, string>>) => readForm(sent(view, values), house);

describe('every form', () => {
  test.each(FORM_KINDS)('%s keeps to the limits of Slack and remembers what it is for', (kind) => {
    const fields = [{ name: 'issue' as const, label: '事由', value: '很长<'.repeat(5_000) }];
    for (const view of [
      open(kind),
      open(kind, heldBy(li, { fields })),
      loading(about(kind)),
      told(about(kind), '好<'.repeat(5_000), '好'.repeat(9_000)),
    ]) {
      expect(view.title.text.length).toBeLessThanOrEqual(24);
      expect(view.submit?.text.length ?? 0).toBeLessThanOrEqual(24);
      expect(view.private_metadata?.length).toBeLessThanOrEqual(3_000);
      expect(view.blocks.length).toBeLessThanOrEqual(100);
      for (const block of view.blocks)
        if (block.type === 'section') expect((block as types.SectionBlock).text?.text.length).toBeLessThanOrEqual(3_000);
      expect(aboutOf(view.private_metadata ?? '')).toEqual(about(kind));
    }
  });

  test('it shows whose matter it is', () => {
    expect(text(open('reply'))).toContain('实验小学 王小明');
    expect(text(open('reply'))).toContain('>收不到短信');
  });

  test('a form of somebody else is not read', () => {
    expect(submittedOf({})).toBeNull();
    expect(submittedOf({ id: 'V1', private_metadata: '{"kind":"other"}', state: { values: {} }, blocks: [] })).toBeNull();
    expect(aboutOf('no json')).toBeNull();
  });

  test('the same words sent twice are one act, mended words another', () => {
    const view = open('reply');
    expect(sent(view, { text: '好' }).id).toBe(sent(view, { text: '好' }).id);
    expect(sent(view, { text: '好' }).id).not.toBe(sent(view, { text: '好的' }).id);
    expect(sent(view, { text: '好' }).id).not.toBe(sent(view, { text: '好' }, 'V2').id);
  });
});

describe('words', () => {
  test.each([
    ['reply', '客户会立即收到'],
    ['note', '客户看不到'],
    ['escalate', '主管会立即收到提醒'],
    ['reopen', '期限从现在起重新计算'],
  ] as const)('%s says who will read them', (kind, hint) => {
    expect(text(open(kind))).toContain(hint);
  });

  test('they become the act', () => {
    expect(becomes(open('reply'), { text: ' 请重启手机\n再试 ' })).toMatchObject({
      deed: { kind: 'reply', ticket: NUMBER, text: '请重启手机\n再试' },
    });
    expect(becomes(open('note'), { text: '疑似停机' })).toMatchObject({ deed: { kind: 'note', text: '疑似停机' } });
    expect(becomes(open('escalate'), { text: '客户很急' })).toMatchObject({ deed: { kind: 'escalate', reason: '客户很急' } });
    expect(becomes(open('reopen'), { text: '又坏了' })).toMatchObject({ deed: { kind: 'reopen', reason: '又坏了' } });
  });

  test('blanks are no words', () => {
    expect(becomes(open('reply'), { text: ' \n ' })).toEqual({ kind: 'errors', errors: { text: '请先填写内容。' } });
  });
});

describe('补充资料', () => {
  test('asks for every field of the form, filled with what is known, but for the masked phone', () => {
    const view = open('amend');
    expect(labels(view)).toEqual(['school', 'class', 'name', 'phone', 'issue', 'remark']);
    expect(inputs(view)[0]?.element.initial_value).toBe('实验小学');
    expect(inputs(view)[3]?.element.initial_value).toBeUndefined();
    expect(text(view)).toContain('138****1234，不修改请留空');
  });

  test('only what was changed is sent', () => {
    expect(becomes(open('amend'), { class: '三年级3班' })).toMatchObject({ deed: { kind: 'amend', values: { class: '三年级3班' } } });
    expect(becomes(open('amend'), {})).toMatchObject({ kind: 'errors', errors: { school: expect.stringContaining('还没有改动') } });
  });

  test('what is wrong is said at its field', () => {
    expect(becomes(open('amend'), { phone: '123' })).toEqual({ kind: 'errors', errors: { phone: '手机号码应为 11 位。' } });
  });

  test('a value longer than a field holds is filled in as far as it goes', () => {
    const fields = [{ name: 'issue' as const, label: '事由', value: '长'.repeat(5_000) }];
    expect(inputs(open('amend', heldBy(li, { fields })))[0]?.element.initial_value).toHaveLength(TEXT_LENGTH);
  });
});

describe('合并客户', () => {
  const ticket = { number: '20261122-0007', title: '登记', status: 'open', channel: 'web', createdAt: 0, issue: '收不到<短信>' } as const;
  const here = { channels: ['webhook'], name: '王小明', phone: '138****8000', tickets: [ticket], total: 1 } as const;
  const other = (key: string): MaybeSame => ({ ...here, channels: ['wechat'], key, inCommon: 'phone', lastAt: 0, total: 9 });
  const asked = (candidates: Candidates | Refused) => formOf(about('merge'), heldBy(li), { ...choosing, candidates });
  const among = (count: number) =>
    asked({ kind: 'candidates', here, candidates: Array.from({ length: count }, (_, n) => other(`key${n}`)) });

  test('shows both sides beside each other, numbers covered, and asks which is the same person', () => {
    const view = among(2);
    for (const words of [
      '这张工单的客户',
      '接口',
      '微信',
      '手机号码相同',
      '138****8000',
      '20261122-0007',
      '收不到&lt;短信&gt;',
      '共 9 张工单',
      '一家人',
    ])
      expect(text(view)).toContain(words);
    expect(inputs(view).map(({ block_id, optional }) => [block_id, optional])).toEqual([['candidate', undefined]]);
  });

  test('keeps to the limits of Slack with as many as there may be', () => {
    const long = '长'.repeat(3_000);
    const view = asked({
      kind: 'candidates',
      here,
      candidates: Array.from({ length: 10 }, (_, n) => ({ ...other(`key${n}`), name: long, school: long, className: long })),
    });
    for (const block of view.blocks)
      if (block.type === 'section') expect((block as types.SectionBlock).text?.text.length).toBeLessThanOrEqual(3_000);
    const [choice] = inputs(view);
    expect(choice?.element.options).toHaveLength(10);
    for (const one of choice?.element.options ?? []) expect((one as types.PlainTextOption).text.text.length).toBeLessThanOrEqual(75);
  });

  test('what was chosen becomes the act, nothing chosen is said', () => {
    const view = among(2);
    expect(becomes(view, { candidate: 'key1' })).toMatchObject({
      deed: { kind: 'merge', ticket: NUMBER, with: 'key1', supervisor: false },
    });
    expect(becomes(view, {})).toMatchObject({ kind: 'errors', errors: { candidate: expect.stringContaining('请选择一位客户') } });
  });

  test('nobody to choose from, and nobody who may choose, are said and nothing can be sent', () => {
    const refused = asked({ kind: 'refused', reason: 'held', message: '只有处理人和主管可以合并客户，请先认领工单。' });
    expect([text(among(0)), text(refused)]).toEqual([
      expect.stringContaining('没有找到可能是同一个人的客户'),
      expect.stringContaining('只有处理人和主管可以合并客户'),
    ]);
    expect([among(0).submit, refused.submit]).toEqual([undefined, undefined]);
  });
});

describe('解决', () => {
  const plain = heldBy(li);
  const complaint = heldBy(li, { nature: '投诉' });

  test('the result is required, the cause only of a complaint', () => {
    expect(inputs(open('resolve', plain)).map(({ optional }) => optional)).toEqual([false, true]);
    expect(inputs(open('resolve', complaint)).map(({ optional }) => optional)).toEqual([false, false]);
    expect(text(open('resolve', complaint))).toContain('投诉必须写明原因');
  });

  test('says that the customer reads the result', () => {
    expect(text(open('resolve', plain))).toContain('客户会看到这段话');
  });

  test('becomes the act', () => {
    expect(becomes(open('resolve', complaint), { result: '已恢复', cause: '设备故障' })).toMatchObject({
      deed: { kind: 'resolve', result: '已恢复', cause: '设备故障' },
    });
    expect(becomes(open('resolve', plain), { result: '  ' })).toEqual({
      kind: 'errors',
      errors: { result: '请填写处理结果，客户会看到它。' },
    });
  });

  test('a ready sentence fills the result, and what was typed as cause stays', () => {
    const view = resolveForm(about('resolve'), plain, { phrases: PHRASES, chosen: 2, cause: '停机' });
    expect(inputs(view).map(({ element }) => element.initial_value)).toEqual([PHRASES[2], '停机']);
    expect(becomes(view, {})).toMatchObject({ deed: { kind: 'resolve', result: PHRASES[2], cause: '停机' } });
    expect(becomes(view, { 'result.2': ' ' })).toMatchObject({ errors: { 'result.2': expect.anything() } });
  });

  test('without ready sentences there is no select', () => {
    expect(text(resolveForm(about('resolve'), plain, { phrases: [] }))).not.toContain('套用常用语');
  });
});

describe('转派', () => {
  test('to a colleague, by department, never to who holds it already', () => {
    const view = text(open('assign'));
    expect(view).toContain('赵主任（主管）');
    expect(view).not.toContain('"李老师"');
    expect(text(open('assign', givenCard()))).toContain('"李老师"');
  });

  test('becomes the act', () => {
    expect(becomes(open('assign'), { agent: 'zhao' })).toMatchObject({
      deed: { kind: 'assign', to: { agent: 'zhao', agentName: '赵主任' } },
    });
    expect(becomes(open('assign'), { department: '技术部' })).toMatchObject({ deed: { kind: 'assign', to: { department: '技术部' } } });
  });

  test('one of the two, and only one', () => {
    expect(becomes(open('assign'), {})).toEqual({ kind: 'errors', errors: { agent: '请选择一位同事或一个部门。' } });
    expect(becomes(open('assign'), { agent: 'zhao', department: '技术部' })).toMatchObject({
      errors: { department: '同事和部门只能选一个。' },
    });
    expect(becomes(open('assign'), { agent: 'gone' })).toMatchObject({ errors: { agent: expect.stringContaining('已不在名单上') } });
  });

  test('a hundred choices a group, however many colleagues there are', () => {
    const agents = Array.from({ length: 250 }, (_, n): Agent => ({ id: `a${n}`, name: `第${n}位`, supervisor: false }));
    const view = formOf(about('assign'), heldBy(li), { ...choosing, agents });
    const groups = inputs(view)[0]?.element.option_groups as readonly { options: unknown[] }[];
    expect(groups.map(({ options }) => options.length)).toEqual([100, 100, 50]);
  });

  test('with nobody to give it to it says so', () => {
    expect(text(formOf(about('assign'), heldBy(li), { agents: [agentLi], departments: [], phrases: [] }))).toContain(
      '还没有可以转派的同事或部门',
    );
  });
});

describe('a refusal', () => {
  test('keeps in sight what was written', () => {
    const submitted = sent(open('reply'), { text: '请重启 <手机>' });
    const view = told(submitted.about, '⛔ 工单正由赵主任处理。', writtenIn(submitted));
    expect(text(view)).toContain('工单正由赵主任处理');
    expect(text(view)).toContain('>请重启 &lt;手机&gt;');
  });
});
