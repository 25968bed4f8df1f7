/**
 * Compiles the program into dist/ when a source has changed since the last time, and takes away what was compiled from sources that are gone:
 * Node would go on loading a `words.js` whose source has become a folder.
 */
const { spawnSync } = require('node:child_process');
const { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const settings = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
const { include: rooms } = JSON.parse(readFileSync('tsconfig.build.json', 'utf8'));
const stamp = 'dist/.compiled';

const filesUnder = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        if (entry.name === 'node_modules') return [];
        const path = join(folder, entry.name);
        return entry.isDirectory() ? filesUnder(path) : [path];
      })
    : [];

/** A newer time is not asked for: whoever unpacks an archive gets files that are older than the last build. */
function fingerprint() {
  const sources = rooms.flatMap(filesUnder).filter((path) => /\.(ts|json)$/.test(path));
  return [...settings.filter(existsSync), ...sources]
    .map((path) => {
      const { mtimeMs, size } = statSync(path);
      return `${path} ${size} ${mtimeMs}`;
    })
    .join('\n');
}

const hasSource = (output) => {
  const source = output.slice('dist/'.length);
  return existsSync(source) || existsSync(source.replace(/\.js(\.map)?$/, '.ts'));
};

const now = fingerprint();
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== now) {
  for (const output of rooms.flatMap((room) => filesUnder(join('dist', room)))) if (!hasSource(output)) rmSync(output);
  const tsc = join(dirname(require.resolve('typescript/package.json', { paths: [process.cwd()] })), 'bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  mkdirSync('dist', { recursive: true });
  writeFileSync(stamp, now);
}
