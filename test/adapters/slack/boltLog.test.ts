import { boltLog } from '../../../adapters/slack/boltLog';
import { createLog } from '../../../src/log';

function logged(use: (log: ReturnType<typeof boltLog>) => void): string {
  let out = '';
  const write = (line: string): void => {
    out += line;
  };
  use(boltLog(createLog('info', { write })));
  return out;
}

describe("what Slack's SDK logs", () => {
  test('keeps why something failed', () => {
    expect(JSON.parse(logged((log) => log.error(new Error('the store is away')))).err).toMatchObject({ message: 'the store is away' });
    expect(logged((log) => log.error('HTTP error 503', new Error('unavailable')))).toContain('unavailable');
  });

  test('leaves out the objects it was called with', () => {
    const told = { text: '孩子没回家' };
    const failed = Object.assign(new Error('refused'), { original: told });
    expect(logged((log) => log.warn('an event', told, failed))).not.toContain('孩子没回家');
  });
});
