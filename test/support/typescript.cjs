// Lets a child process run TypeScript as it stands: node -r test/support/typescript.cjs script.ts
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

require.extensions['.ts'] = (module, filename) => {
  const options = {
    filename,
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  };
  module._compile(transformSync(readFileSync(filename, 'utf8'), options).code, filename);
};

// Where TypeScript asks for the name a file will have once it is built.
const Module = require('node:module');
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  const ours = parent?.filename?.endsWith('.ts') && /^\.{1,2}\/.*\.js$/.test(request);
  return resolve.call(this, ours ? request.replace(/\.js$/, '') : request, parent, ...rest);
};
