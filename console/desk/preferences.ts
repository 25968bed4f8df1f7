/** What one agent prefers in this browser, and what they had begun to write. */
import { createMemory, type Memory } from '../widget/storage';

export type Mode = 'reply' | 'note';
export type Preferences = Readonly<{
  muted(): boolean;
  mute(on: boolean): void;
  keys(): boolean;
  allowKeys(on: boolean): void;
  /** Ids of the notices that were read. */
  seen(): readonly string[];
  see(ids: readonly string[]): void;
  draft(ticket: string, mode: Mode): string;
  keep(ticket: string, mode: Mode, text: string): void;
}>;

export function createPreferences(memory: Memory = createMemory('desk')): Preferences {
  const flag = (name: string, on: boolean): void => (on ? memory.set(name, '1') : memory.remove(name));
  const draftName = (ticket: string, mode: Mode): string => `draft:${ticket}:${mode}`;
  return {
    muted: () => memory.get('muted') !== null,
    mute: (on) => flag('muted', on),
    keys: () => memory.get('no-keys') === null,
    allowKeys: (on) => flag('no-keys', !on),
    seen: () => memory.get('seen')?.split('\n') ?? [],
    see: (ids) => memory.set('seen', ids.join('\n')),
    draft: (ticket, mode) => memory.get(draftName(ticket, mode)) ?? '',
    keep: (ticket, mode, text) => (text.trim() === '' ? memory.remove(draftName(ticket, mode)) : memory.set(draftName(ticket, mode), text)),
  };
}
