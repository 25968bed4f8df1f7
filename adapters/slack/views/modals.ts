/** The forms agents fill in, one for each act that needs words. Pure. */
import type { types } from '@slack/bolt';
import type { SlotName } from '../../../dialogs/vocabulary';
import type { Agent, Candidates, Refused, TicketCard } from '../../desk';
import { isMasked } from '../../mask';
import { type Choices, option, selectField, textField } from './fields';
import { mergeForm } from './merging';
import { type About, form, told } from './modal';
import { type Block, quoted, saidInLine, section, small, words } from './said';

/** The select of ready sentences: choosing one puts it into the result. */
export const PHRASE = 'qiao_phrase';
/** Slack keeps what was typed into a block of the same name, so a chosen sentence needs a new one. */
export const RESULT = 'result';

const long: ReadonlySet<SlotName> = new Set(['issue', 'remark', 'reason']);

export type Choosing = Readonly<{
  agents: readonly Agent[];
  departments: readonly string[];
  phrases: readonly string[];
  candidates?: Candidates | Refused;
}>;

export function formOf(about: About, card: TicketCard, choosing: Choosing): types.ModalView {
  switch (about.kind) {
    case 'amend':
      return amendForm(about, card);
    case 'assign':
      return assignForm(about, card, choosing);
    case 'resolve':
      return resolveForm(about, card, { phrases: choosing.phrases });
    case 'merge':
      return mergeForm(about, choosing.candidates);
    case 'reply':
    case 'note':
    case 'escalate':
    case 'reopen':
      return wordsForm(about, about.kind, card);
  }
}

/** Whose matter it is: an agent with three windows open must not answer the wrong one. */
function reminder({ fields, customerName }: TicketCard): readonly Block[] {
  const issue = fields.find(({ name }) => name === 'issue')?.value;
  const who = [fields.find(({ name }) => name === 'school')?.value, customerName].filter((part) => part !== undefined);
  return [
    ...(who.length > 0 ? [small(who.map((part) => saidInLine(part, 60)).join(' '))] : []),
    ...(issue === undefined ? [] : [section(quoted(issue, 300))]),
  ];
}

function amendForm(about: About, card: TicketCard): types.ModalView {
  const known = card.fields.map(({ name, label, value }) => {
    // A masked number is not the number: it is shown, and kept unless another one is written.
    const multiline = long.has(name);
    if (isMasked(value)) return textField({ name, label, placeholder: `${value}，不修改请留空`, multiline });
    return textField({ name, label, value, multiline });
  });
  const missing = card.missing.map(({ name, label }) => textField({ name, label, multiline: long.has(name) }));
  if (known.length + missing.length === 0) return told(about, '这类工单没有可以补充的栏目，请改用内部备注。');
  return form(about, '保存', [...known, ...missing]);
}

function assignForm(about: About, card: TicketCard, { agents, departments }: Choosing): types.ModalView {
  const others = agents.filter(({ id }) => id !== card.assignee?.id);
  const homes = [...new Set(others.map(({ department }) => department ?? '未分部门'))];
  const people = homes.map(
    (home): Choices => ({
      label: home,
      choices: others
        .filter(({ department }) => (department ?? '未分部门') === home)
        .map(({ id, name, supervisor }) => ({ value: id, label: supervisor ? `${name}（主管）` : name })),
    }),
  );
  const rooms = departments.map((name) => ({ value: name, label: name }));
  const selects = [
    selectField('agent', '同事', '选择一位同事', people),
    selectField('department', '或退回部门队列', '选择部门', rooms.length > 0 ? [{ label: '部门', choices: rooms }] : []),
  ].filter((block) => block !== null);
  if (selects.length === 0) return told(about, '还没有可以转派的同事或部门，请联系管理员登记。');
  return form(about, '转派', [...reminder(card), ...selects]);
}

export type Resolving = Readonly<{
  phrases: readonly string[];
  /** The sentence just chosen, and what was typed before. */
  chosen?: number;
  cause?: string;
}>;

/** A complaint is resolved with its cause only; the customer reads the result and never the cause. */
export function resolveForm(about: About, card: TicketCard, { phrases, chosen, cause }: Resolving): types.ModalView {
  const complaint = card.nature === '投诉';
  const select: types.StaticSelect = {
    type: 'static_select',
    action_id: PHRASE,
    placeholder: words('套用常用语'),
    options: phrases.slice(0, 100).map((phrase, n) => option({ value: String(n), label: phrase })),
  };
  const value = chosen === undefined ? undefined : phrases[chosen];
  return form(about, '解决', [
    ...reminder(card),
    ...(phrases.length > 0 ? [{ type: 'actions' as const, block_id: 'phrases', elements: [select] }] : []),
    textField({
      name: chosen === undefined ? RESULT : `${RESULT}.${chosen}`,
      label: '处理结果',
      hint: '客户会看到这段话。',
      required: true,
      multiline: true,
      ...(value !== undefined && { value }),
    }),
    textField({
      name: 'cause',
      label: '原因',
      hint: complaint ? '投诉必须写明原因；仅内部可见。' : '仅内部可见。',
      required: complaint,
      multiline: true,
      ...(cause !== undefined && { value: cause }),
    }),
  ]);
}

const asks: Readonly<Record<'reply' | 'note' | 'escalate' | 'reopen', Readonly<{ label: string; hint: string; submit: string }>>> = {
  reply: { label: '回复内容', hint: '提交后客户会立即收到，无法撤回。', submit: '发送' },
  note: { label: '备注内容', hint: '仅内部可见，客户看不到。', submit: '保存' },
  escalate: { label: '升级原因', hint: '主管会立即收到提醒。', submit: '升级' },
  reopen: { label: '重新打开的原因', hint: '期限从现在起重新计算。', submit: '重新打开' },
};

function wordsForm(about: About, kind: keyof typeof asks, card: TicketCard): types.ModalView {
  const { label, hint, submit } = asks[kind];
  return form(about, submit, [...reminder(card), textField({ name: 'text', label, hint, required: true, multiline: true })]);
}
