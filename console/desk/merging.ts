/** Asks an agent which of several customers is the same person: both sides beside each other, nothing chosen beforehand. */
import type { MaybeSame, Side } from '../../adapters/desk';
import type { Maybe } from '../../adapters/page/wire';
import { actWords, channelWords, inCommonWords, statusWords } from '../../adapters/words';
import { button, h } from '../widget/dom';
import type { Wrong } from './api';
import { clock } from './due';
import { show } from './form';
import { MERGING } from './words';

type Question = Readonly<{
  maybe: Maybe;
  now: number;
  /** Null when it is done; then the dialog closes. */
  send(key: string): Promise<Wrong | null>;
}>;

export function askWhoIsTheSame({ maybe, now, send }: Question): void {
  const { here, candidates } = maybe;
  const failure = h('p', { class: 'wrong', role: 'alert' });
  const done = h('button', { type: 'submit', class: 'primary' }, MERGING.submit);
  const cancel = button({}, () => dialog.close(), candidates.length > 0 ? MERGING.cancel : MERGING.close);
  const choices = h(
    'fieldset',
    { class: 'side' },
    h('legend', {}, MERGING.question),
    ...candidates.map((one) => choice(one, now)),
    candidates.length === 0 && h('p', {}, MERGING.nobody),
    candidates.length === 0 && english(MERGING.nobodyInEnglish),
  );
  const form = h(
    'form',
    { novalidate: true },
    h('h2', { id: 'merge-title' }, actWords.merge),
    h('p', { class: 'lead' }, MERGING.lead),
    english(MERGING.leadInEnglish),
    h('div', { class: 'sides' }, h('section', { class: 'side' }, h('h3', {}, MERGING.here), sideNode(here, now)), choices),
    failure,
    h('div', { class: 'row end' }, cancel, candidates.length > 0 && done),
  );
  const dialog = h('dialog', { class: 'wide', 'aria-labelledby': 'merge-title' }, form);

  async function sent(): Promise<void> {
    const chosen = form.querySelector<HTMLInputElement>('input[name=same]:checked');
    failure.textContent = chosen ? '' : MERGING.choose;
    if (!chosen) return form.querySelector<HTMLInputElement>('input[name=same]')?.focus();
    done.disabled = true;
    const wrong = await send(chosen.value);
    done.disabled = false;
    if (wrong === null) return dialog.close();
    failure.textContent = wrong.message;
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void sent();
  });
  show(dialog);
}

const english = (text: string): HTMLElement => h('p', { class: 'hint', lang: 'en' }, text);

/** The label of the radio button is the whole side, so that a press anywhere on it chooses. */
const choice = (one: MaybeSame, now: number): HTMLElement =>
  h(
    'label',
    { class: 'choice' },
    h('input', { type: 'radio', name: 'same', value: one.key }),
    h('span', {}, h('span', { class: 'tag' }, inCommonWords[one.inCommon]), sideNode(one, now)),
  );

function sideNode({ name, school, className, phone, channels, lastAt, tickets, total }: Side, now: number): HTMLElement {
  const who = [name ?? MERGING.nameless, school, className, phone].filter(Boolean).join(' ');
  const where = channels.map((one) => channelWords[one]).join('、');
  const lines = tickets.map(({ number, title, status, issue }) => [number, title, statusWords[status], issue].filter(Boolean).join(' '));
  return h(
    'span',
    { class: 'person' },
    h('strong', {}, who),
    h('span', {}, lastAt === undefined ? where : `${where} · ${MERGING.last} ${clock(lastAt, now)}`),
    ...lines.map((line) => h('span', { class: 'matter' }, line)),
    total > tickets.length && h('span', { class: 'matter' }, MERGING.more(total)),
  );
}
