/** What the widget remembers in this browser. Where storage is forbidden it remembers until the page closes. */

export type Memory = Readonly<{
  get(name: string): string | null;
  set(name: string, value: string): void;
  remove(name: string): void;
  /** Names that begin with `prefix`, sorted. */
  names(prefix: string): readonly string[];
}>;

/** The part of the browser's Storage that is used. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

function shelfOf(): Shelf | null {
  try {
    const shelf = window.localStorage;
    shelf.setItem('qiao:probe', '1');
    shelf.removeItem('qiao:probe');
    return shelf;
  } catch {
    return null;
  }
}

/** `scope` keeps two desks on one site apart. */
export function createMemory(scope: string, shelf: Shelf | null = shelfOf()): Memory {
  const own = new Map<string, string>();
  const full = (name: string): string => `qiao:${scope}:${name}`;
  const keys = (): string[] => (shelf ? Array.from({ length: shelf.length }, (_, index) => shelf.key(index) ?? '') : [...own.keys()]);
  return {
    get: (name) => own.get(full(name)) ?? shelf?.getItem(full(name)) ?? null,
    set(name, value) {
      try {
        if (!shelf) throw new Error('no storage');
        shelf.setItem(full(name), value);
      } catch {
        // Full or forbidden: it lasts as long as the page.
        own.set(full(name), value);
      }
    },
    remove(name) {
      own.delete(full(name));
      shelf?.removeItem(full(name));
    },
    names: (prefix) =>
      [...new Set([...keys(), ...own.keys()])]
        .filter((key) => key.startsWith(full(prefix)))
        .map((key) => key.slice(full('').length))
        .sort(),
  };
}
