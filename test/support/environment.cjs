/**
 * Jest's own environment, which also closes what jest leaves open: its runner opens one AsyncLocalStorage for each test file and never
 * disables it, and up to Node 22 every promise made in the worker later pays for every one there is.
 */
const { AsyncLocalStorage } = require('node:async_hooks');
const { TestEnvironment } = require('jest-environment-node');

const used = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...call) {
  used.add(this);
  return run.apply(this, call);
};

module.exports = class extends TestEnvironment {
  async teardown() {
    await super.teardown();
    for (const storage of used) storage.disable();
    used.clear();
  }
};
