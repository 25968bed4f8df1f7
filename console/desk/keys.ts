/** Single keys for those whose hands stay on the keyboard; silent while somebody writes or is asked something. */
import type { Preferences } from './preferences';

export type Keys = Readonly<Record<'j' | 'k' | 'c' | 'r' | 'n' | '/' | '?' | 'Escape', () => void>>;

/** Returns what ends it. */
export function listenToKeys(preferences: Preferences, keys: Keys): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector('dialog[open]')) return;
    const writing = event.target instanceof Element && event.target.matches('input, textarea, select');
    if (event.key === 'Escape' && writing && event.target instanceof HTMLElement) return void event.target.blur();
    if (writing || (event.key !== 'Escape' && !preferences.keys())) return;
    if (!(event.key in keys)) return;
    event.preventDefault();
    keys[event.key as keyof Keys](); // it was looked up in the line above
  };
  document.addEventListener('keydown', pressed);
  return () => document.removeEventListener('keydown', pressed);
}
