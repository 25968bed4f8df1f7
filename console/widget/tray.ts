/** Files on their way: shown above the composer with progress, sent along with the next message. */
import type { Attachment } from '../../dialogs/vocabulary';
import type { Copy } from './copy';
import { button, h, icon } from './dom';

/** `message` says to whoever chose the file why it does not go. */
export type Ended = Readonly<{ ok: true; attachment: Attachment }> | Readonly<{ ok: false; message: string }>;
export type Upload = Readonly<{ done: Promise<Ended>; cancel(): void }>;

export type Tray = Readonly<{
  node: HTMLElement;
  add(files: Iterable<File>): void;
  /** Files ready to go, taken out of the tray. Those still uploading or refused stay. */
  take(): readonly Attachment[];
  /** The same left in the tray. */
  ready(): readonly Attachment[];
  count(): number;
  /** Stops what is on its way and forgets all. */
  clear(): void;
  busy(): boolean;
}>;

type Deps = Readonly<{
  copy: Pick<Copy, 'uploading' | 'ready' | 'remove'>;
  upload(file: File, progress: (share: number) => void): Upload;
  /** Called when something became ready or was removed. */
  changed(): void;
}>;
type Slot = { node: HTMLElement; cancel(): void; result?: Ended };

/** A page with strict rules allows data: pictures but not blob: ones. */
function preview(file: File, image: HTMLImageElement): void {
  const reader = new FileReader();
  reader.addEventListener('load', () => {
    if (typeof reader.result === 'string') image.src = reader.result;
  });
  reader.readAsDataURL(file);
}

export function createTray({ copy, upload, changed }: Deps): Tray {
  const node = h('ul', { class: 'tray', hidden: true });
  const slots = new Set<Slot>();

  const update = (): void => {
    node.hidden = slots.size === 0;
    changed();
  };
  const drop = (slot: Slot): void => {
    slots.delete(slot);
    slot.node.remove();
    update();
  };

  function add(file: File): void {
    const image = file.type.startsWith('image/') ? h('img', { alt: '' }) : null;
    if (image) preview(file, image);
    const state = h('small', { role: 'status' }, copy.uploading);
    const bar = h('progress', { max: 1, value: 0, 'aria-label': copy.uploading });
    const sending = upload(file, (share) => {
      bar.value = share;
    });
    const cancel = (): void => {
      sending.cancel();
      drop(slot);
    };
    const words = h('div', {}, h('span', { class: 'name' }, file.name), state, bar);
    const remove = button({ class: 'plain', 'aria-label': copy.remove(file.name) }, cancel, icon('close'));
    const slot: Slot = { node: h('li', {}, image ?? icon('file'), words, remove), cancel: sending.cancel };
    slots.add(slot);
    node.append(slot.node);
    update();
    void sending.done.then((result) => {
      slot.result = result;
      bar.remove();
      state.textContent = result.ok ? copy.ready : result.message;
      slot.node.classList.toggle('wrong', !result.ok);
      update();
    });
  }

  return {
    node,
    add(files) {
      for (const file of files) add(file);
    },
    busy: () => [...slots].some((slot) => slot.result === undefined),
    ready: () => [...slots].flatMap(({ result }) => (result?.ok ? [result.attachment] : [])),
    count: () => slots.size,
    clear() {
      for (const slot of slots) {
        slot.cancel();
        slot.node.remove();
      }
      slots.clear();
      update();
    },
    take() {
      const ready: Attachment[] = [];
      for (const slot of slots) {
        if (!slot.result?.ok) continue;
        ready.push(slot.result.attachment);
        slots.delete(slot);
        slot.node.remove();
      }
      update();
      return ready;
    },
  };
}
