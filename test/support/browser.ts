/** A real Chromium for tests: the one that comes from npm, or the one CHROME names. */
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
 * The package unpacks to `<temporary folder>/chromium` and takes whatever is there already, also one of another version,
 * so each version gets a temporary folder of its own.
 */
async function unpacked(): Promise<{ executablePath: string; args: string[] }> {
  const { default: chromium } = await import('@sparticuz/chromium');
  const before = process.env.TMPDIR;
  process.env.TMPDIR = join(tmpdir(), `qiao-chromium-${devDependencies['@sparticuz/chromium']}`);
  try {
    await mkdir(process.env.TMPDIR, { recursive: true });
    return { executablePath: await chromium.executablePath(), args: chromium.args.filter((arg) => !UNWANTED.includes(arg)) };
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
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
