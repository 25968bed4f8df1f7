import { createTokens, type FreshToken } from '../../adapters/tencentToken';
import { memoryNotebook } from '../support/memoryNotebook';

describe('the access_token of Tencent', () => {
  let at = 1_000_000;
  const now = () => at;
  function house(seconds = 7_200) {
    const notebook = memoryNotebook();
    const asked: string[] = [];
    const fetchToken = async (): Promise<FreshToken> => {
      const token = `t${asked.length + 1}`;
      asked.push(token);
      return { token, seconds };
    };
    const process = () => createTokens({ notebook, key: 'token:main', fetchToken, now });
    return { notebook, asked, process };
  }

  test('is fetched once however many ask at the same time, here and in other processes', async () => {
    const { asked, process } = house();
    const [one, other] = [process(), process()];
    const got = await Promise.all([one.get(), one.get(), other.get(), other.get(), one.get()]);
    expect([new Set(got), asked]).toEqual([new Set(['t1']), ['t1']]);
  });

  test('outlives a restart', async () => {
    const { asked, process } = house();
    await process().get();
    expect([await process().get(), asked.length]).toEqual(['t1', 1]);
  });

  test('is given up before it ends, and then fetched anew', async () => {
    const { process } = house();
    const tokens = process();
    await tokens.get();
    at += 6_800_000;
    expect(await tokens.get()).toBe('t1');
    at += 200_000;
    expect(await tokens.get()).toBe('t2');
  });

  test('one that was refused is replaced once: whoever comes later takes what another process fetched', async () => {
    const { asked, process } = house();
    const [one, other] = [process(), process()];
    await Promise.all([one.get(), other.get()]);
    expect(await Promise.all([one.renew('t1'), one.renew('t1'), other.renew('t1')])).toEqual(['t2', 't2', 't2']);
    expect([await other.get(), asked]).toEqual(['t2', ['t1', 't2']]);
  });

  test('one that was refused is never given again, even while somebody here takes it out of the notebook', async () => {
    const { process } = house();
    await process().get();
    const restarted = process();
    expect(await Promise.all([restarted.get(), restarted.renew('t1')])).toEqual(['t1', 't2']);
  });

  test('a failed fetch is nobody else’s failure: the next one asks again', async () => {
    const notebook = memoryNotebook();
    let fails = true;
    const fetchToken = async (): Promise<FreshToken> => {
      if (fails) throw new Error('away');
      return { token: 'late', seconds: 7_200 };
    };
    const tokens = createTokens({ notebook, key: 'token', fetchToken, now });
    await expect(tokens.get()).rejects.toThrow('away');
    fails = false;
    expect(await tokens.get()).toBe('late');
  });
});
