/** Asks an agent for something in a dialog of its own: fields, what is wrong with them, and one button that does it. */
import { button, h } from '../widget/dom';
import type { Wrong } from './api';

export type FormField = Readonly<{
  name: string;
  label: string;
  kind: 'line' | 'text' | 'choice';
  value?: string;
  hint?: string;
  required?: boolean;
  options?: readonly Readonly<{ value: string; label: string; group?: string }>[];
}>;
export type Form = Readonly<{
  title: string;
  lead?: string;
  fields: readonly FormField[];
  submit: string;
  /** Null when it is done; then the dialog closes. */
  send(values: Readonly<Record<string, string>>): Promise<Wrong | null>;
}>;

let made = 0;

export function openForm({ title, lead, fields, submit, send }: Form): void {
  made += 1;
  const id = `form-${made}`;
  const inputs = new Map(fields.map((field) => [field.name, inputOf(field, `${id}-${field.name}`)]));
  const wrongs = new Map(fields.map(({ name }) => [name, h('p', { class: 'wrong', id: `${id}-${name}-wrong`, hidden: true })]));
  const failure = h('p', { class: 'wrong', role: 'alert' });
  const done = h('button', { type: 'submit', class: 'primary' }, submit);
  const form = h(
    'form',
    { novalidate: true },
    h('h2', { id: `${id}-title` }, title),
    lead !== undefined && h('p', { class: 'lead' }, lead),
    ...fields.map((field) =>
      h(
        'div',
        { class: 'field' },
        h('label', { for: `${id}-${field.name}` }, field.label, field.required && h('span', { class: 'required' }, '必填')),
        inputs.get(field.name),
        wrongs.get(field.name),
      ),
    ),
    failure,
    h(
      'div',
      { class: 'row end' },
      button({}, () => dialog.close(), '取消'),
      done,
    ),
  );
  const dialog = h('dialog', { 'aria-labelledby': `${id}-title` }, form);

  function blame(name: string, message: string): void {
    const wrong = wrongs.get(name);
    const input = inputs.get(name);
    if (!wrong || !input) return;
    wrong.textContent = message;
    wrong.hidden = message === '';
    if (message === '') {
      input.removeAttribute('aria-invalid');
      input.removeAttribute('aria-describedby');
    } else {
      input.setAttribute('aria-invalid', 'true');
      input.setAttribute('aria-describedby', wrong.id);
    }
  }

  async function sent(): Promise<void> {
    failure.textContent = '';
    const values = Object.fromEntries([...inputs].map(([name, input]) => [name, input.value.trim()]));
    for (const { name, required, label } of fields) blame(name, required && values[name] === '' ? `请填写${label}。` : '');
    const missing = fields.find(({ name, required }) => required && values[name] === '');
    if (missing) return inputs.get(missing.name)?.focus();
    done.disabled = true;
    const wrong = await send(values);
    done.disabled = false;
    if (wrong === null) return dialog.close();
    const named = Object.entries(wrong.fields).filter(([name]) => inputs.has(name));
    for (const [name, message] of named) blame(name, message ?? '');
    if (named.length === 0) failure.textContent = wrong.message;
    else inputs.get(named[0]?.[0] ?? '')?.focus();
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void sent();
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  show(dialog);
}

/**
 * Puts a dialog up; closing it takes it out of the page and gives the focus back to who had it, be it nobody. Escape does so at once: the
 * browser's own way ends a moment later, and a key pressed in between would go to a field that cannot be seen.
 */
export function show(dialog: HTMLDialogElement): void {
  const before = document.activeElement;
  const leave = (): void => {
    if (!dialog.isConnected) return;
    dialog.close();
    dialog.remove();
    if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus();
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  dialog.addEventListener('close', leave);
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    leave();
  });
  document.body.append(dialog);
  dialog.showModal();
}

type Input = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function inputOf({ kind, value = '', hint, required, options = [] }: FormField, id: string): Input {
  const common = { id, placeholder: hint, 'aria-required': required ? 'true' : undefined };
  if (kind === 'text') {
    const area = h('textarea', { ...common, rows: 3 });
    area.value = value;
    return area;
  }
  if (kind === 'choice') {
    const groups = [...new Set(options.map(({ group = '' }) => group))];
    const of = (group: string) =>
      options.filter((one) => (one.group ?? '') === group).map((one) => h('option', { value: one.value }, one.label));
    return h(
      'select',
      { id },
      h('option', { value: '' }, hint ?? '请选择'),
      ...groups.flatMap((group) => (group === '' ? of(group) : [h('optgroup', { label: group }, ...of(group))])),
    );
  }
  return h('input', { ...common, type: 'text', value, autocomplete: 'off' });
}
