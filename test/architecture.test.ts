/** The house rules, kept by parsing import specifiers and words, not by goodwill. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(__dirname, '..');

function filesUnder(folder: string): string[] {
  const absolute = join(root, folder);
  if (!statSync(absolute, { throwIfNoEntry: false })) return [];
  return readdirSync(absolute, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

type Import = Readonly<{ from: string; specifier: string; target: string }>;

/** Imports of a file; a relative specifier becomes a path from the root, a package stays its name. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|\brequire\s*\(\s*|^\s*import\s+)['"]([^'"]+)['"]/gm);
  return [...found].map(([, specifier = '']) => ({
    from: file,
    specifier,
    target: specifier.startsWith('.') ? relative(root, resolve(root, dirname(file), specifier)) : specifier,
  }));
}

const room = (path: string): string => path.split('/')[0] ?? '';
const rooms = ['adapters', 'dialogs', 'knowledge', 'src', 'console'];
const sources = rooms.flatMap(filesUnder);
const imports = sources.flatMap(importsOf);
const isOurs = (target: string): boolean => rooms.includes(room(target)) || room(target) === 'test';
const offences = (files: (from: string) => boolean, allowed: (one: Import) => boolean): string[] =>
  imports.filter((one) => files(one.from) && !allowed(one)).map((one) => `${one.from} imports ${one.specifier}`);

describe('who may import whom', () => {
  test('the parser sees imports at all', () => {
    expect(imports.length).toBeGreaterThan(5);
  });

  test('dialogs import dialogs and nothing else', () => {
    expect(
      offences(
        (from) => room(from) === 'dialogs',
        (one) => room(one.target) === 'dialogs',
      ),
    ).toEqual([]);
  });

  test('the vocabulary imports nothing but itself', () => {
    const vocabulary = (path: string): boolean => path.startsWith('dialogs/vocabulary/');
    expect(offences(vocabulary, (one) => vocabulary(one.target))).toEqual([]);
  });

  test('knowledge imports knowledge and libraries; only load.ts touches the disk; natural comes by subpath', () => {
    const mayUse = (one: Import): boolean => {
      if (isOurs(one.target)) return room(one.target) === 'knowledge';
      if (one.specifier.startsWith('node:')) return one.from === 'knowledge/load.ts' && /^node:(fs|path)/.test(one.specifier);
      return /^(@node-rs\/jieba|yaml$|zod$|natural\/lib\/)/.test(one.specifier);
    };
    expect(offences((from) => room(from) === 'knowledge', mayUse)).toEqual([]);
  });

  test('an adapter knows the contracts, the vocabulary and its own platform, never another channel, src or a database', () => {
    const mayUse = (one: Import): boolean => {
      if (!isOurs(one.target)) return !/^(mongoose|@seald-io\/nedb|mingo)/.test(one.specifier);
      if (one.target === 'dialogs/vocabulary') return true;
      if (room(one.target) !== 'adapters') return false;
      const [, own] = one.from.split('/');
      const [, folder, ...rest] = one.target.split('/');
      return rest.length === 0 || folder === own;
    };
    expect(offences((from) => room(from) === 'adapters', mayUse)).toEqual([]);
  });

  test('only src/store speaks to a database', () => {
    const database = /^(mongoose|mongodb|@seald-io\/nedb|mingo|proper-lockfile)(\/|$)/;
    expect(
      offences(
        (from) => !from.startsWith('src/store/'),
        (one) => !database.test(one.specifier),
      ),
    ).toEqual([]);
  });

  test('only main.ts and doors.ts know concrete adapters', () => {
    const concrete = (target: string): boolean => {
      const [first, folder = ''] = target.split('/');
      return first === 'adapters' && Boolean(statSync(join(root, 'adapters', folder), { throwIfNoEntry: false })?.isDirectory());
    };
    expect(
      offences(
        (from) => room(from) === 'src' && !['src/main.ts', 'src/doors.ts'].includes(from),
        (one) => !concrete(one.target),
      ),
    ).toEqual([]);
  });

  test('nothing that ships imports a test; only the bench borrows its samples', () => {
    expect(
      offences(
        () => true,
        (one) => room(one.target) !== 'test',
      ),
    ).toEqual([]);
  });

  test('only config.ts reads the environment', () => {
    const readers = sources.filter((file) => /\bprocess\.env\b/.test(readFileSync(join(root, file), 'utf8')));
    expect(readers.filter((file) => file !== 'src/config.ts')).toEqual([]);
  });
});

describe('the engine is pure', () => {
  const forbidden: readonly (readonly [string, RegExp])[] = [
    ['async', /\b(async|await)\b|\bPromise\b/],
    ['a clock', /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\b/],
    ['randomness', /\bMath\.random\b|\bcrypto\b/],
    ['the console', /\bconsole\./],
    ['timers', /\bset(Timeout|Interval|Immediate)\b/],
  ];
  const code = (file: string): string => readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

  test.each(forbidden)('no %s in dialogs', (_, word) => {
    expect(filesUnder('dialogs').filter((file) => word.test(code(file)))).toEqual([]);
  });
});

describe('the shape of the house', () => {
  test('no folder or file is called utils, helpers, common, manager or base', () => {
    expect(sources.filter((file) => /(^|\/)(utils?|helpers?|common|managers?|base)(\.|\/)/i.test(file))).toEqual([]);
  });

  test('every file opens with what it is for', () => {
    const silent = sources.filter((file) => !/^(#!.*\n)?\/[/*]/.test(readFileSync(join(root, file), 'utf8')));
    expect(silent).toEqual([]);
  });

  test('no file grows past 300 lines, words and data aside', () => {
    const long = sources.filter((file) => !/\/copy\//.test(file) && readFileSync(join(root, file), 'utf8').split('\n').length > 300);
    expect(long).toEqual([]);
  });
});
