/** Messages over the platform's own wire, encrypted: from the request of the platform to the answer in its response. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../test/support/program';
import { configured, openOfficialPlatform, school } from '../../test/support/wechat-official/platform';
import type { Measured } from './email';

const QUESTION = '怎么更换接收短信的手机号码？';

export async function measureWechatOfficial(users: number, rounds: number): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-bench-official-'));
  let desk = '';
  const platform = await openOfficialPlatform({ accounts: [school], route: () => desk });
  const server = await startServer(folder, { WECHAT_OFFICIAL_ACCOUNTS: JSON.stringify([configured(school, platform.url)]) });
  desk = server.url;
  try {
    const times: number[] = [];
    const customer = async (user: string): Promise<void> => {
      for (let round = 1; round <= rounds; round += 1) {
        const began = performance.now();
        const { text } = await platform.say('school', user, QUESTION);
        if (text === undefined) throw new Error(`${user} got no answer in the response`);
        times.push(performance.now() - began);
      }
    };
    const began = performance.now();
    await Promise.all(Array.from({ length: users }, (_, n) => customer(`c${n}`)));
    return { times, seconds: (performance.now() - began) / 1_000 };
  } finally {
    await server.stop();
    await platform.close();
    await rm(folder, { recursive: true, force: true });
  }
}
