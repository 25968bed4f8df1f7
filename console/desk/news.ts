/** Notices of the last day, also those raised while no page was open: how many are new, and a list of all. */
import type { Notice } from '../../adapters/desk';
import { button, h } from '../widget/dom';
import { clock } from './due';
import { show } from './form';
import type { Preferences } from './preferences';

export type News = Readonly<{
  /** Opens the list; it says how many are new. */
  button: HTMLButtonElement;
  /** Everything of the last day, newest first; returns those this browser was never told of. */
  take(notices: readonly Notice[]): readonly Notice[];
  /** One more that came just now. */
  add(notice: Notice): void;
}>;

export function createNews(preferences: Preferences, now: () => number): News {
  let all: readonly Notice[] = [];
  /** Said in this page already, be it seen in the list or not. */
  const told = new Set<string>();
  const open = button({ class: 'plain' }, list);
  const fresh = (): readonly Notice[] => all.filter(({ id }) => !preferences.seen().includes(id));

  function draw(): void {
    const count = fresh().length;
    open.textContent = count > 0 ? `通知 ${count}` : '通知';
    open.setAttribute('aria-label', count > 0 ? `通知，${count} 条未读` : '通知');
    open.classList.toggle('new', count > 0);
  }

  function list(): void {
    const unseen = new Set(fresh().map(({ id }) => id));
    const items = all.map(({ id, at, title, text, page }) =>
      h(
        'li',
        { class: `news${unseen.has(id) ? ' new' : ''}${page ? ' page' : ''}` },
        h('p', { class: 'when' }, unseen.has(id) && h('span', { class: 'tag' }, '未读'), h('strong', {}, title), ' ', clock(at, now())),
        h('p', { class: 'said' }, text),
      ),
    );
    const none = h('p', { class: 'hint' }, '最近一天没有通知。');
    const dialog = h(
      'dialog',
      { 'aria-labelledby': 'news-title' },
      h('h2', { id: 'news-title' }, '最近一天的通知'),
      items.length > 0 ? h('ol', { class: 'newsList', tabindex: 0, 'aria-label': '通知列表' }, ...items) : none,
      h(
        'div',
        { class: 'row end' },
        button({ class: 'primary' }, () => dialog.close(), '知道了'),
      ),
    );
    // What was shown once is seen; ids of days past are forgotten.
    preferences.see(all.map(({ id }) => id));
    show(dialog);
    draw();
  }

  draw();
  return {
    button: open,
    take(notices) {
      all = notices;
      draw();
      const seen = preferences.seen();
      const untold = notices.filter(({ id }) => !seen.includes(id) && !told.has(id));
      for (const { id } of untold) told.add(id);
      return untold;
    },
    add(notice) {
      told.add(notice.id);
      if (!all.some(({ id }) => id === notice.id)) all = [notice, ...all];
      draw();
    },
  };
}
