/** Builds the page and the widget as `npm run build` does. */
import { execFile } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** Into a folder of its own, so that a test never disturbs a running server. Vite is no CommonJS module, hence its command line. */
export async function buildConsole(outDir: string): Promise<string> {
  const vite = join(dirname(require.resolve('vite/package.json')), 'bin/vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', outDir, '--logLevel', 'error'], {
    cwd: resolve(__dirname, '../..'),
  });
  return outDir;
}
