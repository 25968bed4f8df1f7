/** Documentation under test: what the pages say must be what the code does. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HTTP_ERRORS } from '../adapters/http';
import { WEB_REFUSALS } from '../adapters/web/router';
import { diagram } from '../dialogs/phases/diagram';
import { CONFIG_KEYS } from '../src/config';
import { Settings } from '../src/settings';

const root = resolve(__dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('the documentation', () => {
  test('.env.example names exactly the keys the configuration reads', () => {
    const keys = [...read('.env.example').matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(([, key]) => key);
    expect(keys.toSorted()).toEqual([...CONFIG_KEYS].toSorted());
  });

  test('the error tables hold exactly the codes the doors answer with, and their statuses', () => {
    const rows = [...read('docs/errors.md').matchAll(/^\| `([a-z_-]+)` \| (\d{3}) \|/gm)].map(([, code, status]) => [code, Number(status)]);
    expect(Object.fromEntries(rows)).toEqual({ ...HTTP_ERRORS, ...WEB_REFUSALS });
  });

  test('the state diagram of the dialogs is drawn from the engine', () => {
    expect(read('dialogs/README.md')).toContain(diagram());
  });

  test.each(['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md'])('every npm script %s names exists', (page) => {
    const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
    const named = [...read(page).matchAll(/npm run (?:-s )?([a-z][\w:-]*)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
  });

  test.each(['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md'])('every file %s points to exists', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => link);
    const paths = [...read(page).matchAll(/`((?:src|adapters|dialogs|knowledge|console|test|bench|docs)\/[\w./-]+\.\w+)`/g)].map(
      ([, path = '']) => path,
    );
    expect([...links, ...paths].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('the table of minutes and hours holds the settings there are, with their defaults', () => {
    const settings: Record<string, unknown> = Settings.parse({});
    const rows = [...read('docs/operations.md').matchAll(/^\| `(\w+)(?:\.(\w+))?` \| `?([\d:]+)`?[^|]*\|/gm)];
    const told = rows.map(([, key = '', part, value]) => [part ? `${key}.${part}` : key, value]);
    const kept = rows.map(([, key = '', part]) => {
      const value = settings[key];
      return part ? [`${key}.${part}`, String((value as Record<string, unknown>)[part])] : [key, String(value)];
    });
    expect(told).toEqual(kept);
    const clocks = Object.keys(settings).filter((key) => /(Minutes|Hours|At|Count)$/.test(key));
    expect(clocks.filter((key) => !rows.some(([, name]) => name === key))).toEqual([]);
  });

  test('every local fact an article leaves open is in the table of the seed file', () => {
    const folder = join(root, 'knowledge/articles');
    const articles = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
    const used = articles.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/\{\{\s*([\w.]+)/g)].map(([, key]) => key),
    );
    const told = [...read('docs/seed.md').matchAll(/^\| `([\w.]+)` \|/gm)].map(([, key]) => key);
    expect(told.toSorted()).toEqual([...new Set(used)].toSorted());
  });

  test('the number of articles the changelog speaks of is the number there is', () => {
    const articles = readdirSync(join(root, 'knowledge/articles'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.md'),
    );
    expect(read('CHANGELOG.md')).toContain(`${articles.length} articles`);
  });
});
