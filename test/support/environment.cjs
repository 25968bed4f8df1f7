/**
 * Jest's own environment, without two things that make every test file of a worker dearer than it need be.
 *
 * Jest's runner opens one AsyncLocalStorage for each test file and never disables it, and up to Node 22 every promise made in the worker
 * later pays for every one there is. And each file compiles all its modules anew: V8 is given what it made of the same text before.
 */
const { AsyncLocalStorage } = require('node:async_hooks');
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

const used = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...call) {
  used.add(this);
  return run.apply(this, call);
};

const compiled = new Map();
const { compileFunction } = vm;
vm.compileFunction = (code, names, options) => {
  const key = `${options?.filename} ${names}`;
  const known = compiled.get(key);
  if (known?.code === code) return compileFunction(code, names, { ...options, cachedData: known.cachedData });
  const fresh = compileFunction(code, names, { ...options, produceCachedData: true });
  compiled.set(key, { code, cachedData: fresh.cachedData });
  return fresh;
};

module.exports = class extends TestEnvironment {
  async teardown() {
    await super.teardown();
    for (const storage of used) storage.disable();
    used.clear();
  }
};
