/** The form card: all fields of a form at once, for those who would rather type them than be asked one by one. */

import { MAX_FIELD } from '../../adapters/web/wire';
import type { FieldPrompt, Reply, SlotName } from '../../dialogs/vocabulary';
import type { Copy } from './copy';
import { button, h } from './dom';

type Form = Extract<Reply, { kind: 'form' }>;
export type Values = Partial<Record<SlotName, string>>;

const long: ReadonlySet<SlotName> = new Set(['issue', 'remark', 'reason']);
const phones: ReadonlySet<SlotName> = new Set(['phone', 'newPhone']);
let count = 0;

/** A hint, never a verdict: the desk decides what a phone number is. */
export function looksLikePhone(text: string): boolean {
  const digits = text.replace(/[\s\-()\uff08\uff09+]/g, '').replace(/^(0086|86)(?=1\d{10}$)/, '');
  return /^1\d{10}$/.test(digits) || /^0\d{9,11}$/.test(digits);
}

type Row = Readonly<{ field: FieldPrompt; input: HTMLInputElement | HTMLTextAreaElement; row: HTMLElement; check(): boolean }>;

function row(field: FieldPrompt, copy: Copy): Row {
  const id = `field-${++count}`;
  const isPhone = phones.has(field.name);
  const props = {
    id,
    name: field.name,
    maxlength: MAX_FIELD,
    autocomplete: 'off',
    'aria-describedby': `${id}-hint`,
    'aria-required': String(field.required),
  };
  const input = long.has(field.name)
    ? h('textarea', { ...props, rows: 2 })
    : h('input', { ...props, ...(isPhone ? { type: 'tel', inputmode: 'tel', autocomplete: 'tel' } : { type: 'text' }) });
  input.value = field.wrong?.value ?? field.value ?? '';
  const hint = h('small', { id: `${id}-hint`, class: isPhone ? 'hint kept' : 'hint' }, field.hint ?? '');
  const warn = (text: string, wrong: boolean): void => {
    hint.textContent = text;
    hint.classList.toggle('wrong', text !== (field.hint ?? ''));
    if (wrong) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  };
  if (field.wrong) warn(field.wrong.reason, true);
  const check = (): boolean => {
    const text = input.value.trim();
    const missing = field.required && text === '';
    const odd = text !== '' && isPhone && !looksLikePhone(text);
    warn(missing ? copy.missing(field.label) : odd ? copy.phoneOdd : (field.hint ?? ''), missing || odd);
    return !missing;
  };
  // Only where room for the hint is kept: a card that grows under a click on its button would swallow the click.
  if (isPhone) input.addEventListener('change', () => input.value.trim() && check());
  input.addEventListener('input', () => input.hasAttribute('aria-invalid') && check());
  const mark = h('span', { class: 'mark' }, field.required ? copy.required : copy.optional);
  return { field, input, check, row: h('div', { class: 'field' }, h('label', { for: id }, field.label, mark), input, hint) };
}

/** A button that opens the card in place. `submit` gets the fields that hold something. */
export function formCard(reply: Form, copy: Copy, submit: (values: Values) => void): HTMLElement {
  const rows = reply.fields.map((field) => row(field, copy));
  const form = h(
    'form',
    { class: 'card form', novalidate: true, hidden: true, 'aria-label': copy.openForm },
    ...rows.map((one) => one.row),
  );
  const opener = button({ class: 'pill strong', 'aria-expanded': 'false' }, () => show(true), copy.openForm);
  function show(on: boolean): void {
    form.hidden = !on;
    opener.hidden = on;
    opener.setAttribute('aria-expanded', String(on));
    const asked = rows.find(({ field, input }) => field.wrong || input.value === '') ?? rows[0];
    if (on) asked?.input.focus({ preventScroll: true });
    else opener.focus();
    if (on) form.scrollIntoView({ block: 'nearest' });
  }
  form.append(
    h(
      'div',
      { class: 'actions' },
      h('button', { class: 'pill strong' }, copy.submitForm),
      button({ class: 'pill' }, () => show(false), copy.closeForm),
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const missing = rows.filter((one) => !one.check());
    if (missing[0]) return missing[0].input.focus();
    submit(Object.fromEntries(rows.flatMap(({ field, input }) => (input.value.trim() ? [[field.name, input.value.trim()]] : []))));
  });
  return h('div', { class: 'form-place' }, opener, form);
}
