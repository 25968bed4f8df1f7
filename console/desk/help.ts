/** The keys, and whether single letters count at all. */
import { button, h } from '../widget/dom';
import { show } from './form';
import type { Preferences } from './preferences';
import { SHORTCUTS } from './words';

export function showHelp(preferences: Preferences): void {
  const allowed = h('input', { type: 'checkbox', checked: preferences.keys() });
  allowed.addEventListener('change', () => preferences.allowKeys(allowed.checked));
  const dialog = h(
    'dialog',
    { 'aria-labelledby': 'help-title' },
    h('h2', { id: 'help-title' }, '快捷键'),
    h('dl', { class: 'keys' }, ...SHORTCUTS.flatMap(([key, does]) => [h('dt', {}, key), h('dd', {}, does)])),
    h('label', { class: 'check' }, allowed, '启用单个字母的快捷键'),
    h(
      'div',
      { class: 'row end' },
      button({ class: 'primary' }, () => dialog.close(), '知道了'),
    ),
  );
  show(dialog);
}
