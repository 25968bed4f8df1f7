/**
 * Jest begins with the test files that took longest the last time, and where there was none, with the largest. What starts processes and
 * browsers takes longest whatever its size: left for the end, it keeps one worker busy while the others have nothing to do.
 */
const { default: Sequencer } = require('@jest/test-sequencer');

const LONGEST = ['faults.int', 'main.int', '.e2e.', 'store/files.int', 'journey.int', 'test/simulate/'];

function rankOf({ path }) {
  const at = LONGEST.findIndex((part) => path.includes(part));
  return at < 0 ? LONGEST.length : at;
}

module.exports = class extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => rankOf(a) - rankOf(b));
  }
};
