/** Short sentences at the edge: what went wrong, and notices that concern no single ticket. */
import { button, h } from '../widget/dom';

export type Toasts = Readonly<{
  element: HTMLElement;
  say(text: string): void;
  keep(key: string, title: string, text: string, open?: () => void): void;
}>;

const SHOWN_MS = 6_000;
const AT_MOST = 4;

export function createToasts(): Toasts {
  const element = h('section', { class: 'toasts', 'aria-live': 'polite', 'aria-label': '通知' });
  const add = (toast: HTMLElement): void => {
    element.append(toast);
    while (element.children.length > AT_MOST) element.firstElementChild?.remove();
  };
  return {
    element,
    say(text) {
      const toast = h('div', { class: 'toast' }, text);
      add(toast);
      setTimeout(() => toast.remove(), SHOWN_MS);
    },
    keep(key, title, text, open) {
      const go =
        open &&
        ((): void => {
          toast.remove();
          open();
        });
      for (const old of element.children) if (old instanceof HTMLElement && old.dataset.key === key) old.remove();
      const toast: HTMLElement = h(
        'div',
        { class: 'toast loud', 'data-key': key },
        h('strong', {}, title),
        h('p', {}, text),
        h(
          'div',
          { class: 'row end' },
          go && button({}, go, '查看'),
          button({}, () => toast.remove(), '知道了'),
        ),
      );
      add(toast);
    },
  };
}
