// Tests of the real process run what users run: the built program. Built once, before the first of them.
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

module.exports = () => {
  execFileSync('npm', ['run', '-s', 'build'], { cwd: join(__dirname, '../..'), stdio: ['ignore', 'ignore', 'inherit'] });
};
