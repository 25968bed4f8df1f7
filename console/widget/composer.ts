/** Where the visitor writes: Enter sends, Shift+Enter breaks the line, an open Chinese input method is left in peace. */
import { kindOf } from '../../adapters/files';
import { MAX_TEXT, UPLOAD_TYPES } from '../../adapters/web/wire';
import type { Content } from '../../dialogs/vocabulary';
import type { Copy } from './copy';
import { button, h, icon } from './dom';
import { createTray } from './tray';
import type { Upload } from './upload';

export type Composer = Readonly<{ node: HTMLElement; focus(): void; addFiles(files: Iterable<File>): void; fill(text: string): void }>;
type Deps = Readonly<{ copy: Copy; say(content: Content): void; upload(file: File, progress: (share: number) => void): Upload }>;

/** From here on the visitor is told how much room is left. */
const NEARLY_FULL = MAX_TEXT - 200;

export function createComposer({ copy, say, upload }: Deps): Composer {
  const note = h('div', { class: 'note', role: 'status', id: 'note' });
  const input = h('textarea', {
    rows: 1,
    placeholder: copy.placeholder,
    'aria-label': copy.placeholder,
    'aria-describedby': 'note',
    enterkeyhint: 'send',
  });
  const picker = h('input', { type: 'file', accept: UPLOAD_TYPES.join(','), multiple: true, hidden: true, tabindex: -1 });
  const sendButton = button({ class: 'send', 'aria-label': copy.send, title: copy.send }, submit, icon('send'));
  const attachButton = button(
    { class: 'plain attach', 'aria-label': copy.attach, title: copy.attach },
    () => picker.click(),
    icon('attach'),
  );
  const tray = createTray({
    copy,
    upload(file, progress) {
      const { done, cancel } = upload(file, progress);
      return { done: done.then((one) => (one.ok ? one : { ok: false, message: copy.refusals[one.code] })), cancel };
    },
    changed: () => whenReady(),
  });
  /** The visitor pressed send while a file was still on its way. */
  let sendWhenReady = false;

  const tooLong = (): boolean => input.value.trim().length > MAX_TEXT;

  function submit(): void {
    if (tooLong()) return;
    if (tray.busy()) {
      sendWhenReady = true;
      return;
    }
    sendWhenReady = false;
    for (const attachment of tray.take()) say({ kind: kindOf(attachment.type), attachment });
    const text = input.value.trim();
    if (text) say({ kind: 'text', text });
    input.value = '';
    grow();
    input.focus();
  }
  function whenReady(): void {
    if (sendWhenReady && !tray.busy()) submit();
  }

  function grow(): void {
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, 132)}px`;
    const length = input.value.trim().length;
    note.textContent = tooLong() ? copy.tooLong(MAX_TEXT) : length > NEARLY_FULL ? copy.left(MAX_TEXT - length) : '';
    note.classList.toggle('wrong', tooLong());
    input.setAttribute('aria-invalid', String(tooLong()));
  }

  input.addEventListener('input', grow);
  input.addEventListener('keydown', (event) => {
    // 229 is how older browsers say that an input method is still composing.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  });
  input.addEventListener('paste', (event) => {
    const files = event.clipboardData?.files;
    if (!files?.length) return;
    event.preventDefault();
    tray.add(files);
  });
  picker.addEventListener('change', () => {
    tray.add([...(picker.files ?? [])]);
    picker.value = '';
    input.focus();
  });

  return {
    node: h('div', { class: 'composer' }, tray.node, note, h('div', { class: 'write' }, attachButton, picker, input, sendButton)),
    focus: () => input.focus(),
    addFiles: tray.add,
    fill(text) {
      input.value = text;
      grow();
      input.focus();
    },
  };
}
