import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { builtPages } from '../support/program';

describe('what a browser loads', () => {
  test('the widget is one script of less than 40 KB on the wire, the desk another', async () => {
    expect((await readdir(builtPages)).filter((name) => /\.(js|css)$/.test(name)).sort()).toEqual([
      'desk.css',
      'desk.js',
      'page.css',
      'page.js',
      'wechat.css',
      'wechat.js',
      'widget.js',
    ]);
    for (const name of ['widget.js', 'desk.js'])
      expect(gzipSync(await readFile(join(builtPages, name)), { level: 9 }).length).toBeLessThan(40_000);
  });

  test('nothing is fetched from anywhere else, and no page carries a script of its own inside', async () => {
    for (const name of (await readdir(builtPages)).filter((file) => /\.(html|css)$/.test(file))) {
      const text = await readFile(join(builtPages, name), 'utf8');
      expect(text.match(/(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?\/\/[^"')\s]+/g) ?? []).toEqual([]);
      expect(text.match(/<script(?![^>]*\ssrc=)|\son\w+=|style="/g) ?? []).toEqual([]);
    }
  });
});
