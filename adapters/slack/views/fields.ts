/** The inputs forms are made of. A block is called by its field, so that an error finds it. Pure. */
import type { types } from '@slack/bolt';
import { cut, words } from './said';

/** Every input's action; the block says which field it is. */
export const VALUE = 'value';

const LABEL = 150;
const PLACEHOLDER = 150;
const OPTION = 75;
const OPTIONS = 100;
/** What one form may hold of one field; a customer's channel splits what is longer than its own limit. */
export const TEXT_LENGTH = 3_000;

export type TextField = Readonly<{
  name: string;
  label: string;
  value?: string;
  placeholder?: string;
  hint?: string;
  required?: boolean;
  multiline?: boolean;
}>;

export function textField({ name, label, value, placeholder, hint, required = false, multiline = false }: TextField): types.InputBlock {
  return {
    type: 'input',
    block_id: name,
    label: words(cut(label, LABEL)),
    optional: !required,
    element: {
      type: 'plain_text_input',
      action_id: VALUE,
      multiline,
      max_length: TEXT_LENGTH,
      ...(value !== undefined && value !== '' && { initial_value: value.slice(0, TEXT_LENGTH) }),
      ...(placeholder !== undefined && { placeholder: words(cut(placeholder, PLACEHOLDER)) }),
    },
    ...(hint !== undefined && { hint: words(hint) }),
  };
}

export type Choice = Readonly<{ value: string; label: string }>;
export type Choices = Readonly<{ label: string; choices: readonly Choice[] }>;

export const option = ({ value, label }: Choice): types.PlainTextOption => ({ text: words(cut(label, OPTION)), value });

/** Groups without choices are left out: Slack refuses them. Null when nothing is left to choose from. */
export function selectField(name: string, label: string, placeholder: string, groups: readonly Choices[]): types.InputBlock | null {
  // A hundred choices a group are Slack's limit; a bigger department goes on in a group of the same name.
  const parts = groups.flatMap((group) =>
    Array.from({ length: Math.ceil(group.choices.length / OPTIONS) }, (_, n) => ({
      ...group,
      choices: group.choices.slice(n * OPTIONS, (n + 1) * OPTIONS),
    })),
  );
  if (parts.length === 0) return null;
  return {
    type: 'input',
    block_id: name,
    label: words(cut(label, LABEL)),
    optional: true,
    element: {
      type: 'static_select',
      action_id: VALUE,
      placeholder: words(cut(placeholder, PLACEHOLDER)),
      option_groups: parts.slice(0, OPTIONS).map((group) => ({
        label: words(cut(group.label, OPTION)),
        options: group.choices.map(option),
      })),
    },
  };
}
