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

  test('a bucket for files needs its address and both keys, each missing one named', () => {
    const whole = { S3_ENDPOINT: 'https://s3.example.com', S3_ACCESS_KEY: 'key', S3_SECRET_KEY: 'a secret key' };
    expect(parseConfig({ ...whole, S3_BUCKET: 'files', S3_PREFIX: 'qiao/files' })).toMatchObject({ ...whole, S3_REGION: 'us-east-1' });
    expect(problemsOf({ S3_ENDPOINT: 'https://s3.example.com' }).map((line) => line.split(':')[0])).toEqual([
      'S3_ACCESS_KEY',
      'S3_SECRET_KEY',
    ]);
    expect(problemsOf({ S3_BUCKET: 'files' })).toHaveLength(3);
    expect(problemsOf({ ...whole, S3_PREFIX: '/qiao/' })[0]).toContain('without a slash');
  });

  describe('the desk in Slack', () => {
    const whole = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: '0123456789abcdef', SLACK_CHANNEL: 'C0123456789' };
    const names = (env: Record<string, string>) => problemsOf(env).map((line) => line.split(':')[0]);

    test('is whole with a token, a way in and a channel', () => {
      expect(parseConfig({ ...whole, SLACK_CHANNELS: '{"投诉专席":"G0123456789"}' }).SLACK_CHANNELS).toEqual({ 投诉专席: 'G0123456789' });
      const { SLACK_SIGNING_SECRET: _, ...socket } = { ...whole, SLACK_APP_TOKEN: 'xapp-1' };
      expect(names(socket)).toEqual([]);
    });

    test('is refused when nothing tells its events from made-up ones, or cards have no place', () => {
      expect(problemsOf({ SLACK_BOT_TOKEN: 'xoxb-1' })).toEqual([
        expect.stringContaining('SLACK_SIGNING_SECRET (copy it from Basic Information) or SLACK_APP_TOKEN'),
        expect.stringContaining('SLACK_CHANNEL: name the channel'),
      ]);
    });

    test('is not half switched on by its other keys', () => {
      expect(problemsOf({ SLACK_APP_TOKEN: 'xapp-1' })).toEqual([expect.stringContaining('needs SLACK_BOT_TOKEN too')]);
    });

    test.each([
      ['SLACK_BOT_TOKEN', 'a-token'],
      ['SLACK_APP_TOKEN', 'xoxb-1'],
      ['SLACK_CHANNEL', '#service'],
      ['SLACK_CHANNELS', '{"投诉专席":"#complaints"}'],
      ['SLACK_CHANNELS', 'complaints'],
      ['SLACK_SUPERVISORS', 'C1'],
      ['SLACK_ONDUTY', '@duty'],
      ['SLACK_API_URL', 'slack.com'],
    ])('%s is not %s', (key, value) => {
      expect(names({ ...whole, [key]: value })).toContain(key);
    });
  });

  test('an account of Teams needs an app id and what its kind is signed in with, unless it is opened for development', () => {
    const appId = '11111111-1111-4111-8111-111111111111';
    const of = (given: object) =>
      problemsOf({ TEAMS_ACCOUNTS: JSON.stringify([{ account: 'school', ...given }]) }).map((line) => line.split(': ')[1]);
    expect(of({})).toEqual(['0.appId']);
    expect(of({ appId })).toEqual(['0.appPassword', '0.tenantId']);
    expect(of({ appId, type: 'MultiTenant', appPassword: 'x' })).toEqual([]);
    expect(of({ appId, type: 'UserAssignedMSI', appPassword: 'x' })).toEqual(['0.appPassword', '0.tenantId']);
    expect(of({ appId: 'x', type: 'MultiTenant', appPassword: 'x' })).toEqual(['0.appId']);
    expect(of({ development: true })).toEqual([]);
  });
});
