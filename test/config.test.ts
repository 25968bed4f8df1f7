import { ConfigError, parseConfig } from '../src/config';

const problemsOf = (shell: Record<string, string>, file: Record<string, string> = {}): readonly string[] => {
  try {
    parseConfig(shell, file);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('the configuration', () => {
  test('an empty environment starts the embedded desk on port 3000', () => {
    expect(parseConfig({})).toMatchObject({ PORT: 3000, DATA_DIR: './data', TIME_ZONE: 'Asia/Shanghai', WEBHOOK_ACCOUNTS: [] });
    expect(parseConfig({}).MONGODB_URI).toBeUndefined();
  });

  test('an empty or blank value counts as not set', () => {
    expect(parseConfig({ PORT: '', MONGODB_URI: ' ' })).toMatchObject({ PORT: 3000 });
  });

  test('every bad key is reported at once, with what to do', () => {
    const problems = problemsOf({ PORT: '30OO', MONGODB_URI: 'localhost', TIME_ZONE: 'Beijing', LOG_LEVEL: 'loud' });
    expect(problems.map((line) => line.split(':')[0])).toEqual(['PORT', 'MONGODB_URI', 'TIME_ZONE', 'LOG_LEVEL']);
    expect(problems[0]).toContain('whole number from 0 to 65535');
  });

  test('a bad value is never repeated, it may be a secret', () => {
    expect(problemsOf({ API_TOKEN: 'hunter2', WEB_SECRET: 'swordfish' }).join()).not.toMatch(/hunter2|swordfish/);
  });

  test('what the shell sets wins over the file', () => {
    expect(parseConfig({ PORT: '1' }, { PORT: '2', HOST: '::1' })).toMatchObject({ PORT: 1, HOST: '::1' });
  });

  test('a key nobody knows is a mistake in the file, where the one meant is named, and no mistake in the shell', () => {
    expect(problemsOf({}, { WEBHOOK_ACOUNTS: '[]', port: '1', LANG: 'zh' })).toEqual([
      'WEBHOOK_ACOUNTS: there is no such key; did you mean WEBHOOK_ACCOUNTS?',
      'port: there is no such key; did you mean PORT?',
      'LANG: there is no such key; take it out, or see .env.example for those there are',
    ]);
    expect(problemsOf({ WEBHOOK_ACOUNTS: '[]', LANG: 'zh' })).toEqual([]);
  });

  test('unknown and bad keys are told together', () => {
    expect(problemsOf({}, { PROT: '1', LOG_LEVEL: 'loud' }).map((line) => line.split(':')[0])).toEqual(['PROT', 'LOG_LEVEL']);
  });

  test('webhook accounts are a JSON list, each problem named by place', () => {
    const good = '[{"account":"sms","secret":"0123456789abcdef","callback":"http://127.0.0.1:9/x"}]';
    expect(parseConfig({ WEBHOOK_ACCOUNTS: good }).WEBHOOK_ACCOUNTS[0]?.account).toBe('sms');
    expect(problemsOf({ WEBHOOK_ACCOUNTS: 'sms' })[0]).toContain('JSON list');
    expect(problemsOf({ WEBHOOK_ACCOUNTS: '[{"account":"sms","secret":"short"}]' })[0]).toContain('0.secret');
  });

  test('two webhook accounts of one name are refused, and what is missing is named', () => {
    const one = { account: 'sms', secret: '0123456789abcdef' };
    expect(problemsOf({ WEBHOOK_ACCOUNTS: JSON.stringify([one, one]) })[0]).toContain('the same name');
    expect(problemsOf({ WEBHOOK_ACCOUNTS: '[{"account":"sms"}]' })[0]).toContain('0.secret: write one');
  });

  test('sites that embed the chat are addresses without a path', () => {
    expect(parseConfig({ WEB_ORIGINS: 'https://school.example/, http://127.0.0.1:8080' }).WEB_ORIGINS).toEqual([
      'https://school.example',
      'http://127.0.0.1:8080',
    ]);
    expect(problemsOf({ WEB_ORIGINS: 'school.example' })[0]).toContain('https://school.example');
    expect(problemsOf({ WEB_ORIGINS: 'https://school.example/chat' })).toHaveLength(1);
  });
});
