import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(__dirname, '..');
const node = (folder: string, ...args: string[]) => promisify(execFile)(process.execPath, args, { cwd: folder });

describe('compiling a second time', () => {
  let folder: string;
  const compile = () => node(folder, join(root, 'compile.cjs'));
  const said = async () => (await node(folder, 'dist/src/main.js')).stdout;
  const write = (path: string, text: string) => writeFile(join(folder, path), text);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qiao-compile-'));
    for (const name of ['tsconfig.json', 'tsconfig.build.json']) await cp(join(root, name), join(folder, name));
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    await mkdir(join(folder, 'src'));
    await mkdir(join(folder, 'dialogs'));
    await write('dialogs/words.ts', "export const words = 'before';\n");
    await write('src/main.ts', "import { words } from '../dialogs/words';\n\nprocess.stdout.write(words);\n");
    await compile();
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('a source that became a folder is not outlived by what was compiled of it', async () => {
    expect(await said()).toBe('before');
    await mkdir(join(folder, 'dialogs/words'));
    await rename(join(folder, 'dialogs/words.ts'), join(folder, 'dialogs/words/index.ts'));
    await write('dialogs/words/index.ts', "export const words = 'after';\n");
    await compile();
    expect(await said()).toBe('after');
  });

  test('a change is compiled although its file is older than the last build, as out of an archive', async () => {
    await write('dialogs/words.ts', "export const words = 'after';\n");
    await utimes(join(folder, 'dialogs/words.ts'), 0, 0);
    await compile();
    expect(await said()).toBe('after');
  });

  test('nothing is compiled when nothing changed, and a mistake is told until it is mended', async () => {
    const written = async () => (await stat(join(folder, 'dist/.compiled'))).mtimeMs;
    const before = await written();
    await compile();
    expect(await written()).toBe(before);
    await write('dialogs/words.ts', 'export const words: string = 1;\n');
    for (let n = 0; n < 2; n += 1) await expect(compile()).rejects.toMatchObject({ stdout: expect.stringContaining('TS2322') });
    await write('dialogs/words.ts', "export const words = 'mended';\n");
    await compile();
    expect(await said()).toBe('mended');
  });
});
