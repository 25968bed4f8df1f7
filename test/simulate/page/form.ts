/** A form the server opened: its inputs, what was typed into them, and errors at the fields they belong to. */
import { button, h } from '../../../console/widget/dom.js';
import type { Block, View } from '../wire.js';
import { block, select } from './blocks.js';
import type { Names } from './mrkdwn.js';

export type Values = Readonly<Record<string, string>>;
export type FormDeeds = Readonly<{
  choose(action: string, value: string, values: Values): void;
  /** Resolves to the errors, by block. */
  submit(values: Values): Promise<Values>;
  dismiss(): void;
}>;
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function fieldOf({ element }: Block): Field {
  if (element?.type === 'static_select') return select(element);
  const field = element?.multiline ? h('textarea', { rows: 4 }) : h('input', {});
  field.value = element?.initial_value ?? '';
  field.placeholder = element?.placeholder?.text ?? '';
  return field;
}

export function showForm(dialog: HTMLDialogElement, view: View, names: Names, deeds: FormDeeds): void {
  const fields = new Map<string, Field>();
  const problems = new Map<string, HTMLElement>();
  // An empty select is sent as nothing.
  const values = (): Values =>
    Object.fromEntries([...fields].flatMap(([name, field]) => (field.value || field.tagName !== 'SELECT' ? [[name, field.value]] : [])));

  const input = (given: Block): Node => {
    const { block_id: name = '', label, hint, optional } = given;
    const field = fieldOf(given);
    const problem = h('small', { class: 'problem', role: 'alert' });
    fields.set(name, field);
    problems.set(name, problem);
    const title = h('span', {}, label?.text ?? '', optional ? h('small', {}, '（选填）') : null);
    return h('label', { class: 'input' }, title, field, hint ? h('small', {}, hint.text) : null, problem);
  };
  const press = (action: string, value: string): void => deeds.choose(action, value, values());

  const submit = view.submit ? h('button', { class: 'press primary' }, view.submit.text) : null;
  const form = h(
    'form',
    {},
    h('header', { class: 'bar' }, h('strong', {}, view.title?.text ?? ''), button({ 'aria-label': '关闭' }, deeds.dismiss, '✕')),
    h('div', { class: 'body' }, ...view.blocks.map((one) => (one.type === 'input' ? input(one) : block(one, press, names)))),
    h('footer', {}, button({ class: 'press' }, deeds.dismiss, view.close?.text ?? '取消'), submit),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (submit) submit.disabled = true;
    const errors = await deeds.submit(values());
    if (submit) submit.disabled = false;
    for (const [name, problem] of problems) problem.textContent = errors[name] ?? '';
  });
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
}
