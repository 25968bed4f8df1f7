/** Where an agent writes: to the customer or for colleagues, and it is always plain to see which. */
import { spell, type TicketCard } from '../../adapters/desk';
import { FILE_TYPES, MAX_FILES, MAX_TEXT, type PageAct } from '../../adapters/page/wire';
import { button, h, icon } from '../widget/dom';
import { createTray } from '../widget/tray';
import { clickId, type Wrong } from './api';
import type { Mode, Preferences } from './preferences';
import { LIMITS, upload } from './upload';

export type Composer = Readonly<{
  element: HTMLElement;
  draw(card: TicketCard, me: Readonly<{ id: string; name: string }>): void;
  /** Ready to write in this mode. */
  take(mode: Mode): void;
}>;
type Deps = Readonly<{
  preferences: Preferences;
  /** Null when it is on its way. */
  send(ticket: string, act: PageAct): Promise<Wrong | null>;
  claim(card: TicketCard): void;
  /** Ready sentences, with places for names. */
  phrases(): readonly string[];
}>;

const TRAY = { uploading: '上传中', ready: '可以发送', remove: (name: string) => `移除 ${name}` };

const MODES: readonly (readonly [Mode, string])[] = [
  ['reply', '回复客户'],
  ['note', '内部备注'],
];

export function createComposer({ preferences, send, claim, phrases }: Deps): Composer {
  let card: TicketCard | null = null;
  let me = { id: '', name: '' };
  let mode: Mode = 'reply';
  let sending = false;
  /** The ready sentences that stand in the list. */
  let drawn = '';
  /** The click under way: the same words sent again are the same act. */
  let click = { id: '', said: '' };

  const tabs = MODES.map(([name, label]) => button({ class: `mode ${name}` }, () => take(name), label));
  const area = h('textarea', { rows: 3, maxlength: MAX_TEXT });
  const failure = h('p', { class: 'wrong', role: 'alert' });
  const ready = h('select', { 'aria-label': '常用语' });
  const go = button({ class: 'primary send' }, () => void press());
  const tray = createTray({ copy: TRAY, upload, changed: () => render() });
  const picker = h('input', { type: 'file', accept: FILE_TYPES.join(','), multiple: true, hidden: true, tabindex: -1 });
  const attach = button(
    { class: 'plain attach', 'aria-label': '添加文件', title: `添加文件：${LIMITS}` },
    () => picker.click(),
    icon('attach'),
  );
  const writing = h(
    'div',
    { class: 'writing' },
    tray.node,
    area,
    failure,
    h('div', { class: 'row' }, attach, picker, ready, h('span', { class: 'hint' }, 'Ctrl / ⌘ + Enter 发送'), go),
  );
  const first = button({ class: 'primary' }, () => card && claim(card));
  const why = h('p', { class: 'why' });
  const gate = h('div', { class: 'gate' }, why, first);
  const element = h(
    'section',
    { class: 'composer', 'aria-label': '撰写' },
    h('div', { class: 'modes', role: 'group', 'aria-label': '写给谁' }, ...tabs),
    gate,
    writing,
  );

  const holds = (): boolean => card?.assignee?.id === me.id && card.acts.includes('reply');

  function render(): void {
    if (!card) return;
    for (const [n, [name]] of MODES.entries()) tabs[n]?.setAttribute('aria-pressed', String(mode === name));
    element.classList.toggle('internal', mode === 'note');
    const open = mode === 'note' || holds();
    gate.hidden = open;
    writing.hidden = !open;
    const possible = card.acts.includes('claim');
    first.hidden = !possible;
    first.textContent = card.assignee ? '接手' : '认领';
    why.textContent = !possible
      ? '工单已办结。需要再联系客户时，请先重新打开。'
      : card.assignee
        ? `工单由${card.assignee.name}处理中，需要回复客户请先接手；也可以写内部备注。`
        : '认领后即可回复客户；也可以先写内部备注。';
    area.placeholder = mode === 'note' ? '只有同事能看到，客户看不到' : '客户会看到这段话';
    area.setAttribute('aria-label', mode === 'note' ? '内部备注，客户看不到' : '回复客户');
    go.textContent = mode === 'note' ? '保存备注' : '发送给客户';
    ready.hidden = mode === 'note';
    attach.hidden = mode === 'note';
    tray.node.hidden = mode === 'note' || tray.count() === 0;
    go.disabled = sending || (mode === 'reply' && tray.busy());
  }

  function drawReady(): void {
    if (!card) return;
    const { customerName } = card;
    const sentences = phrases().map((phrase) => spell(phrase, me.name, customerName));
    const known = sentences.join('\n');
    if (known === drawn) return;
    drawn = known;
    ready.replaceChildren(h('option', { value: '' }, '常用语…'), ...sentences.map((text) => h('option', { value: text }, text)));
  }

  function take(next: Mode): void {
    if (!card) return;
    mode = next;
    area.value = preferences.draft(card.number, mode);
    failure.textContent = '';
    render();
    (writing.hidden ? first : area).focus();
  }

  async function press(): Promise<void> {
    const text = area.value.trim();
    const files = mode === 'reply' ? tray.ready().map(({ url }) => url) : [];
    if (!card || sending || (text === '' && files.length === 0) || (mode === 'reply' && tray.busy())) return area.focus();
    const { number } = card;
    const kind = mode;
    const said = [number, kind, text, ...files].join('\n');
    if (click.said !== said) click = { id: clickId(), said };
    sending = true;
    failure.textContent = '';
    render();
    const wrong = await send(number, actOf(kind, click.id, text, files));
    sending = false;
    if (wrong === null || wrong.sure) click = { id: '', said: '' };
    if (wrong === null) preferences.keep(number, kind, '');
    if (card.number === number && mode === kind) {
      if (wrong === null && area.value.trim() === text) area.value = '';
      if (wrong === null && kind === 'reply') tray.take();
      if (wrong) failure.textContent = wrong.message;
    }
    render();
    area.focus();
  }

  function addFiles(files: readonly File[]): void {
    if (mode !== 'reply' || writing.hidden || files.length === 0) return;
    const room = MAX_FILES - tray.count();
    failure.textContent = files.length > room ? `一次最多发送 ${MAX_FILES} 个文件，其余的请分次发送。` : '';
    tray.add(files.slice(0, Math.max(0, room)));
  }

  picker.addEventListener('change', () => {
    addFiles([...(picker.files ?? [])]);
    picker.value = '';
    area.focus();
  });
  area.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    addFiles(files);
  });
  const brings = (event: DragEvent): boolean => mode === 'reply' && !writing.hidden && event.dataTransfer?.types.includes('Files') === true;
  element.addEventListener('dragover', (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    element.classList.add('dropping');
  });
  element.addEventListener('dragleave', () => element.classList.remove('dropping'));
  element.addEventListener('drop', (event) => {
    element.classList.remove('dropping');
    if (!brings(event)) return;
    event.preventDefault();
    addFiles([...(event.dataTransfer?.files ?? [])]);
  });
  area.addEventListener('input', () => card && preferences.keep(card.number, mode, area.value));
  area.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void press();
  });
  ready.addEventListener('change', () => {
    area.setRangeText(ready.value, area.selectionStart, area.selectionEnd, 'end');
    ready.value = '';
    if (card) preferences.keep(card.number, mode, area.value);
    area.focus();
  });

  return {
    element,
    take,
    draw(next, agent) {
      const other = next.number !== card?.number;
      card = next;
      me = agent;
      if (other) {
        mode = 'reply';
        // A file is for the customer for whom it was chosen.
        tray.clear();
        area.value = preferences.draft(card.number, mode);
        failure.textContent = '';
      }
      drawReady();
      render();
    },
  };
}

const actOf = (kind: Mode, id: string, text: string, attachments: readonly string[]): PageAct =>
  kind === 'note' ? { kind, id, text } : { kind, id, text, ...(attachments.length > 0 && { attachments }) };
