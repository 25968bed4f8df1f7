// Lets a child process run TypeScript as it stands: node -r test/support/typescript.cjs script.ts
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { dirname, join, relative, resolve: absolute } = require('node:path');
const { version } = require('@swc/core/package.json');

const root = absolute(__dirname, '../..');

/** Whoever starts a process again and again transforms each file once: the result stays until the source changes. */
function transformed(filename) {
  const source = readFileSync(filename, 'utf8');
  const mark = `// ${createHash('sha256').update(`${version}\n${filename}\n${source}`).digest('hex')}\n`;
  const kept = join(root, 'dist/.transformed', `${relative(root, filename)}.js`);
  try {
    const code = readFileSync(kept, 'utf8');
    if (code.endsWith(mark)) return code;
  } catch {
    // Not there yet.
  }
  const code = `${transform(source, filename)}\n${mark}`;
  mkdirSync(dirname(kept), { recursive: true });
  // Another process may be reading it.
  writeFileSync(`${kept}.${process.pid}`, code);
  renameSync(`${kept}.${process.pid}`, kept);
  return code;
}

function transform(source, filename) {
  const { transformSync } = require('@swc/core');
  return transformSync(source, {
    filename,
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  }).code;
}

require.extensions['.ts'] = (module, filename) => module._compile(transformed(filename), filename);

// Where TypeScript asks for the name a file will have once it is built.
const Module = require('node:module');
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  const ours = parent?.filename?.endsWith('.ts') && /^\.{1,2}\/.*\.js$/.test(request);
  return resolve.call(this, ours ? request.replace(/\.js$/, '') : request, parent, ...rest);
};
