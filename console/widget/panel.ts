/** The open chat: heading, connection banner, lines, composer; takes dropped files; Esc closes it. */

import type { Locale } from '../../dialogs/vocabulary';
import type { Chat, View } from './chat';
import { createComposer } from './composer';
import type { Copy } from './copy';
import { button, h, icon } from './dom';
import { createLog } from './log';

export type Panel = Readonly<{ node: HTMLElement; draw(view: View): void; focus(): void; shown(): void; fill(text: string): void }>;
type Deps = Readonly<{ chat: Chat; copy: Copy; locale: Locale; server: string; heading: string; close: (() => void) | null }>;

/** A connection that is back within this time was not worth a word. */
const BANNER_AFTER = 1500;

export function createPanel({ chat, copy, locale, server, heading, close }: Deps): Panel {
  const log = createLog({ copy, locale, server, say: chat.say, retry: chat.retry });
  const composer = createComposer({ copy, say: chat.say, upload: chat.upload });
  const banner = h('div', { class: 'banner', role: 'status', hidden: true }, copy.offline);
  const title = h('h2', { id: 'title', tabindex: -1 }, heading);
  const header = h(
    'header',
    {},
    h('span', { class: 'logo' }, icon('bridge')),
    title,
    close && button({ class: 'plain', 'aria-label': copy.close, title: copy.close }, close, icon('close')),
  );
  const drop = h('div', { class: 'drop', hidden: true }, copy.dropHere);
  const node = h(
    'section',
    { class: 'panel', role: close ? 'dialog' : 'region', 'aria-labelledby': 'title', lang: locale === 'en' ? 'en' : 'zh-CN' },
    header,
    banner,
    log.node,
    composer.node,
    drop,
  );

  const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  node.addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    drop.hidden = false;
  });
  node.addEventListener('dragleave', (event) => {
    if (!(event.relatedTarget instanceof Node && node.contains(event.relatedTarget))) drop.hidden = true;
  });
  node.addEventListener('drop', (event) => {
    drop.hidden = true;
    if (!carriesFiles(event)) return;
    event.preventDefault();
    composer.addFiles(event.dataTransfer?.files ?? []);
  });
  node.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing) close?.();
  });

  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasOnline: boolean | undefined;
  const setBanner = (online: boolean): void => {
    if (online === wasOnline) return;
    wasOnline = online;
    clearTimeout(timer);
    if (online) banner.hidden = true;
    else timer = setTimeout(() => (banner.hidden = false), BANNER_AFTER);
  };

  return {
    node,
    draw(view) {
      setBanner(view.online);
      log.draw(view);
    },
    // A touch screen's keyboard would cover what there is to read.
    focus: () => (matchMedia('(pointer: coarse)').matches ? title.focus() : composer.focus()),
    shown: log.toEnd,
    fill: composer.fill,
  };
}
