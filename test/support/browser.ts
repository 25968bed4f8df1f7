/** A real Chromium for tests: the one that comes from npm, or the one CHROME names. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium as playwright } from 'playwright-core';
import { devDependencies } from '../../package.json';

/** What the npm package cannot bring along. */
const INSTALL =
  'Chromium did not start. On Debian or Ubuntu run "apt-get install libnss3 libnspr4", or set CHROME to the path of an installed Chromium.';

/** No request leaves the machine: only loopback names resolve. */
const LOCAL_ONLY = ['--disable-background-networking', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'];

/** Flags meant for cloud functions: one process for all pages is fragile, and without web security no test could see a refused origin. */
const UNWANTED = ['--single-process', '--no-zygote', '--disable-web-security', '--allow-running-insecure-content'];

/**
 * The package unpacks to `<temporary folder>/chromium` and takes whatever is there already, also one of another version or one that another
 * test file is just writing, so each version gets a temporary folder of its own that is there whole or not at all.
 */
async function unpacked(): Promise<{ executablePath: string; args: string[] }> {
  const { default: chromium } = await import('@sparticuz/chromium');
  // A simulated graphics card draws the same pages in twice the time.
  chromium.setGraphicsMode = false;
  const args = [...chromium.args.filter((arg) => !UNWANTED.includes(arg)), '--disable-gpu'];
  const folder = join(tmpdir(), `qiao-browser-${devDependencies['@sparticuz/chromium']}`);
  const executablePath = join(folder, 'chromium');
  if (existsSync(executablePath)) return { executablePath, args };
  const fresh = await mkdtemp(`${folder}-`);
  try {
    // A process of its own: jest shows its tests a copy of the environment, which is not where os.tmpdir() looks.
    const unpack = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
    await promisify(execFile)(process.execPath, ['-e', unpack], { cwd: __dirname, env: { ...process.env, TMPDIR: fresh } });
    await rename(fresh, folder);
  } catch (cause) {
    await rm(fresh, { recursive: true, force: true });
    // Somebody else was quicker.
    if (!existsSync(executablePath)) throw cause;
  }
  return { executablePath, args };
}

/** Rejects with what to install when the machine lacks a library. */
export async function openBrowser(): Promise<Browser> {
  const named = process.env.CHROME;
  const { executablePath, args } = named ? { executablePath: named, args: ['--no-sandbox'] } : await unpacked();
  try {
    return await playwright.launch({ executablePath, args: [...args, ...LOCAL_ONLY], headless: true });
  } catch (cause) {
    throw new Error(INSTALL, { cause });
  }
}
