import { createLog, maskPhones } from '../src/log';

function captured(use: (log: ReturnType<typeof createLog>) => void): string {
  let out = '';
  const write = (line: string): void => {
    out += line;
  };
  use(createLog('info', { write }));
  return out;
}

describe('the log', () => {
  test('masks phones wherever a string carries one', () => {
    expect(maskPhones('call 13812345678 or 07711234567')).toBe('call 138****5678 or 077****4567');
    expect(captured((log) => log.info({ conversation: 'sms:gw:13812345678' }, 'turn for 13812345678'))).not.toContain('13812345678');
  });

  test('masks phones in an error and in its causes, and tells no field of theirs', () => {
    const refused = Object.assign(new Error('13812345678 is taken'), { code: 11000, keyValue: { text: '孩子没回家' } });
    const line = captured((log) => log.error({ err: new Error('insert of 13812345678 failed', { cause: refused }) }, 'failed'));
    expect(line).not.toMatch(/13812345678|孩子没回家/);
    expect(JSON.parse(line).err).toMatchObject({ message: 'insert of 138****5678 failed', cause: { code: 11000 } });
  });

  test('keeps short numbers, ticket numbers among them', () => {
    expect(maskPhones('port 3000, ticket 20261122-0007')).toBe('port 3000, ticket 20261122-0007');
  });

  test('cuts secrets and headers out', () => {
    const line = captured((log) =>
      log.info({ token: 'hunter2', account: { secret: 'swordfish' }, headers: { authorization: 'x' } }, 'start'),
    );
    expect(line).not.toMatch(/hunter2|swordfish|authorization/);
  });
});
