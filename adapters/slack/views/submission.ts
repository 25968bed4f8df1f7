/** A form that was sent: read once, and made into the act it stands for or into errors at its fields. Pure. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SlotName } from '../../../dialogs/vocabulary';
import type { Agent, Office } from '../../desk';
import type { Deed } from '../acting';
import { CANDIDATE } from './merging';
import { type About, aboutOf } from './modal';
import { RESULT } from './modals';

const State = z.record(
  z.string(),
  z.record(
    z.string(),
    z
      .object({ value: z.string().nullish(), selected_option: z.object({ value: z.string() }).nullish() })
      .transform(({ value, selected_option }) => selected_option?.value ?? value ?? ''),
  ),
);
const Block = z.object({ block_id: z.string(), element: z.object({ initial_value: z.string().optional() }).optional() });
const View = z.object({
  id: z.string(),
  private_metadata: z.string(),
  state: z.object({ values: State }),
  blocks: z.array(z.unknown()),
});

export type Submitted = Readonly<{
  /** The same for every delivery of the same words; words that were mended are another act. */
  id: string;
  about: About;
  /** By block, as it stands in the form. */
  values: Readonly<Record<string, string>>;
  /** What the form was filled in with when it was opened. */
  before: Readonly<Record<string, string>>;
}>;

/** Null when it is not a form of ours. */
export function submittedOf(view: unknown): Submitted | null {
  const read = View.safeParse(view);
  const about = read.data && aboutOf(read.data.private_metadata);
  if (!read.data || !about) return null;
  const { id, state, blocks } = read.data;
  const values = Object.fromEntries(Object.entries(state.values).map(([block, actions]) => [block, Object.values(actions)[0] ?? '']));
  const before = Object.fromEntries(
    blocks.flatMap((one) => {
      const { data } = Block.safeParse(one);
      return data ? [[data.block_id, data.element?.initial_value ?? '']] : [];
    }),
  );
  const words = createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 12);
  return { id: `${id}.${words}`, about, values, before };
}

export type Read = Readonly<{ kind: 'deed'; deed: Deed }> | Readonly<{ kind: 'errors'; errors: Readonly<Record<string, string>> }>;

const errors = (block: string, sentence: string): Read => ({ kind: 'errors', errors: { [block]: sentence } });

export function readForm(
  submitted: Submitted,
  house: Readonly<{ problems: Office['problems']; agents: readonly Agent[]; supervisor: boolean }>,
): Read {
  const { id, about, values } = submitted;
  const common = { id, ticket: about.ticket };
  const text = (values.text ?? '').trim();
  const deed = (one: Deed): Read => ({ kind: 'deed', deed: one });
  if (text === '' && 'text' in values) return errors('text', '请先填写内容。');
  switch (about.kind) {
    case 'reply':
    case 'note':
      return deed({ ...common, kind: about.kind, text });
    case 'escalate':
    case 'reopen':
      return deed({ ...common, kind: about.kind, reason: text });
    case 'amend':
      return readAmended(submitted, house.problems);
    case 'assign':
      return readAssigned(submitted, house.agents);
    case 'merge': {
      const chosen = values[CANDIDATE] ?? '';
      if (chosen === '') return errors(CANDIDATE, '请选择一位客户；都不是就点「取消」。');
      return deed({ ...common, kind: 'merge', with: chosen, supervisor: house.supervisor });
    }
    case 'resolve': {
      const block = blockOf(submitted, RESULT);
      const result = (values[block] ?? '').trim();
      const cause = (values.cause ?? '').trim();
      if (result === '') return errors(block, '请填写处理结果，客户会看到它。');
      return deed({ ...common, kind: 'resolve', result, ...(cause !== '' && { cause }) });
    }
  }
}

/** A chosen sentence gave the block another name. */
export const blockOf = ({ values }: Submitted, name: string): string =>
  Object.keys(values).find((block) => block === name || block.startsWith(`${name}.`)) ?? name;

/** Only what was changed is sent: a colleague may have amended the rest meanwhile. */
function readAmended({ id, about, values, before }: Submitted, problems: Office['problems']): Read {
  const changed = Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value.trim() !== '' && value.trim() !== (before[name] ?? '').trim()),
  ) as Partial<Record<SlotName, string>>; // the blocks of this form are called by their fields
  const [first = 'school'] = Object.keys(values);
  if (Object.keys(changed).length === 0) return errors(first, '还没有改动；不需要修改请点「取消」。');
  const wrong = problems(changed);
  if (Object.keys(wrong).length > 0) return { kind: 'errors', errors: wrong };
  return { kind: 'deed', deed: { id, ticket: about.ticket, kind: 'amend', values: changed } };
}

function readAssigned({ id, about, values }: Submitted, agents: readonly Agent[]): Read {
  const { agent = '', department = '' } = values;
  const common = { id, ticket: about.ticket, kind: 'assign' } as const;
  if (agent !== '' && department !== '') return errors('department', '同事和部门只能选一个。');
  if (department !== '') return { kind: 'deed', deed: { ...common, to: { department } } };
  const colleague = agents.find((one) => one.id === agent);
  if (colleague) return { kind: 'deed', deed: { ...common, to: { agent: colleague.id, agentName: colleague.name } } };
  const block = 'agent' in values ? 'agent' : 'department';
  return errors(block, agent === '' ? '请选择一位同事或一个部门。' : '这位同事已不在名单上，请另选一位。');
}

/** All that was written, to be shown again when it could not be done. */
export const writtenIn = ({ values, before, about }: Submitted): string =>
  about.kind === 'assign' || about.kind === 'merge'
    ? ''
    : Object.entries(values)
        .filter(([block, value]) => value.trim() !== '' && value !== before[block])
        .map(([, value]) => value.trim())
        .join('\n');
