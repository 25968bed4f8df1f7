/** Messages over the platform's own wire, encrypted: from the request of the platform to the answer in its response. */
import { configured, openOfficialPlatform, school } from '../../test/support/wechat-official/platform';
import { type Crowd, type Measured, measured, QUESTION } from './crowd';

export async function measureWechatOfficial(crowd: Crowd): Promise<Measured> {
  let desk = '';
  const platform = await openOfficialPlatform({ accounts: [school], route: () => desk });
  try {
    return await measured({ WECHAT_OFFICIAL_ACCOUNTS: JSON.stringify([configured(school, platform.url)]) }, crowd, ({ url }) => {
      desk = url;
      return async (user) => {
        const { text } = await platform.say('school', user, QUESTION);
        if (text === undefined) throw new Error(`${user} got no answer in the response`);
      };
    });
  } finally {
    await platform.close();
  }
}
