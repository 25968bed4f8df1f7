import { memoryInbox } from '../../support/channelContract';
import { personal } from '../../support/teams/activities';
import { createSigning } from '../../support/teams/signing';
import { ACCOUNTS, openRig, type TeamsRig } from './rig';

const HOUR = 3600;
const [school, bureau] = ACCOUNTS;

describe('the token of a channel', () => {
  let inbox: ReturnType<typeof memoryInbox>;
  let rig: TeamsRig;
  const now = (): number => Math.floor(Date.now() / 1000);
  const aud = school.appId ?? '';
  const answer = async (authorization: string): Promise<number> => (await rig.says('m1', '你好', {}, { authorization })).status;

  beforeEach(async () => {
    inbox = memoryInbox();
    rig = await openRig(inbox.accept);
  });
  afterEach(async () => {
    await rig.stop();
    await rig.close();
  });

  test('opens the door when it is fresh, for this bot and for this place', async () => {
    expect(await answer(rig.platform.authorization({ aud }))).toBe(200);
    expect(inbox.stored).toHaveLength(1);
  });

  test('opens nothing when it is over, not begun, for another bot, for another place, or of another issuer', async () => {
    const { platform } = rig;
    const tokens = [
      platform.authorization({ aud, nbf: now() - 2 * HOUR, exp: now() - HOUR }),
      platform.authorization({ aud, nbf: now() + HOUR, exp: now() + 2 * HOUR }),
      platform.authorization({ aud: bureau.appId ?? '' }),
      platform.authorization({ aud, serviceurl: 'https://elsewhere.example' }),
      platform.authorization({ aud, iss: 'https://login.example' }),
    ];
    const answers: number[] = [];
    for (const token of tokens) answers.push(await answer(token));
    expect(answers).toEqual(tokens.map(() => 401));
    expect(inbox.stored).toEqual([]);
  });

  test('opens nothing when it was changed, or signed by somebody else under the same name', async () => {
    const [head = '', , signature = ''] = rig.platform.authorization({ aud }).split('.');
    const other = Buffer.from(
      JSON.stringify({ iss: 'https://api.botframework.com', aud, serviceurl: rig.platform.url, exp: now() + HOUR }),
    );
    expect(await answer(`${head}.${other.toString('base64url')}.${signature}`)).toBe(401);
    expect(await answer(createSigning().authorization({ aud, serviceurl: rig.platform.url }))).toBe(401);
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    expect(await answer(`Bearer ${unsigned}.${other.toString('base64url')}.`)).toBe(401);
    expect(inbox.stored).toEqual([]);
  });

  test.each(['', 'Bearer', 'Bearer x', 'Bearer a.b.c', 'Basic dTpw', 'Bearer e30.e30.e30'])(
    'is missed when it is none: %j',
    async (header) => {
      const response = await fetch(`${rig.url}/channels/teams/school`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(header && { authorization: header }) },
        body: JSON.stringify({ serviceUrl: rig.platform.url, ...personal('wang'), type: 'message', id: 'm1', text: '你好' }),
      });
      expect([response.status, (await response.json()).error.code]).toEqual([401, 'token-wrong']);
      expect(inbox.stored).toEqual([]);
    },
  );

  test('of a kind of channel the desk does not serve is refused, whatever it says', async () => {
    const response = await rig.says('m1', '你好', { channelId: 'AseChannel' });
    expect(response.status).toBe(401);
  });

  test('that cannot be checked now is asked for again, and nothing is taken on trust meanwhile', async () => {
    rig.platform.publishKeys({ status: 500 });
    const response = await rig.says('m1', '你好');
    expect([response.status, (await response.json()).error.code]).toEqual([503, 'keys-unavailable']);
    rig.platform.publishKeys('fine');
    expect((await rig.says('m1', '你好')).status).toBe(200);
    expect(inbox.stored).toHaveLength(1);
  });
});

describe('an account without an app id', () => {
  const open = { account: 'dev', type: 'SingleTenant', development: true } as const;
  const withAccount = (warn: (what: object, message: string) => void = () => undefined) =>
    openRig(memoryInbox().accept, { accounts: [open], log: { warn, error: () => undefined, debug: () => undefined } });

  test('says plainly at the start that anybody can speak as anybody', async () => {
    const warnings: unknown[] = [];
    const rig = await withAccount((what, message) => warnings.push({ ...what, message }));
    expect(warnings).toEqual([{ account: 'dev', message: expect.stringContaining('never in production') }]);
    await rig.stop();
    await rig.close();
  });

  test('speaks with programs on this machine and with nobody else', async () => {
    const rig = await withAccount();
    expect((await rig.says('m1', '你好', {}, { account: 'dev', authorization: 'Bearer junk' })).status).toBe(200);
    const away = { serviceUrl: 'https://anywhere.example' };
    expect((await rig.says('m2', '你好', away, { account: 'dev' })).status).toBe(401);
    await rig.stop();
    await rig.close();
  });

  test('is refused all the same when it was not opened for development', async () => {
    const rig = await openRig(memoryInbox().accept, { accounts: [{ account: 'dev', type: 'SingleTenant', development: false }] });
    expect((await rig.says('m1', '你好', {}, { account: 'dev', authorization: '' })).status).toBe(401);
    await rig.stop();
    await rig.close();
  });
});
