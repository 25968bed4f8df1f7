import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildConsole } from '../support/buildConsole';

describe('what a browser loads', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await buildConsole(await mkdtemp(join(tmpdir(), 'qiao-console-')));
  });
  afterAll(() => rm(dir, { recursive: true }));

  test('the widget is one script of less than 40 KB on the wire, the desk another', async () => {
    expect((await readdir(dir)).filter((name) => /\.(js|css)$/.test(name)).sort()).toEqual([
      'desk.css',
      'desk.js',
      'page.css',
      'page.js',
      'wechat.css',
      'wechat.js',
      'widget.js',
    ]);
    for (const name of ['widget.js', 'desk.js'])
      expect(gzipSync(await readFile(join(dir, name)), { level: 9 }).length).toBeLessThan(40_000);
  });

  test('nothing is fetched from anywhere else, and no page carries a script of its own inside', async () => {
    for (const name of (await readdir(dir)).filter((file) => /\.(html|css)$/.test(file))) {
      const text = await readFile(join(dir, name), 'utf8');
      expect(text.match(/(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?\/\/[^"')\s]+/g) ?? []).toEqual([]);
      expect(text.match(/<script(?![^>]*\ssrc=)|\son\w+=|style="/g) ?? []).toEqual([]);
    }
  });
});
