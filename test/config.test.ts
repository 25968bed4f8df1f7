import { ConfigError, parseConfig } from '../src/config';

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    parseConfig(env);
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
