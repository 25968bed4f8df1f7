/** A simulation that is stopped while it still plays. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

test.each([
  ['wechat-official', '■'],
  ['wecom', '：'],
])('Ctrl+C in the middle of the play of %s stops it at once and leaves nothing behind', async (name, begun) => {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-stopped-'));
  // In a group of its own: a terminal tells all of it of Ctrl+C, the server too.
  const program = spawn(process.execPath, ['-r', './test/support/typescript.cjs', 'test/simulate/main.ts', name], {
    cwd: root,
    detached: true,
    env: { ...process.env, TMPDIR: folder },
  });
  const { pid } = program;
  if (pid === undefined) throw new Error('the simulation did not start');
  const ended = once(program, 'exit');
  let out = '';
  await new Promise<void>((playing, reject) => {
    program.stdout.setEncoding('utf8').on('data', (part) => {
      out += part;
      if (out.includes(begun)) playing();
    });
    ended.then(() => reject(new Error(`the simulation ended early: ${out}`)), reject);
  });
  process.kill(-pid, 'SIGINT');
  expect((await ended)[0]).toBe(0);
  expect(out).not.toContain('Ctrl+C');
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});
