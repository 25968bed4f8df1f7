/** Messages over wechaty's gRPC gateway with its mock of WeChat behind: from the gateway's word of a message to the reply it is given. */

import { until } from '../../test/support/until';
import { openGateway } from '../../test/support/wechat/gateway';
import { type Crowd, createPostbox, type Measured, measured, QUESTION } from './crowd';

const API_TOKEN = 'the token of the bench';

export async function measureWechat(crowd: Crowd): Promise<Measured> {
  const [gateway, box] = [await openGateway({ id: 'bot', name: '小桥' }), createPostbox()];
  gateway.onSaid(({ to }) => box.arrived(to));
  // A person's pace of seconds is the account's protection; what is measured here is the desk.
  const accounts = [{ account: 'help', ...gateway.reached, pace: [0, 0] }];
  try {
    return await measured({ API_TOKEN, WECHAT_ACCOUNTS: JSON.stringify(accounts) }, crowd, async ({ url }) => {
      const headers = { authorization: `Bearer ${API_TOKEN}` };
      const isOnline = async () => (await (await fetch(`${url}/channels/wechat/state`, { headers })).json()).accounts[0].state === 'online';
      await until(isOnline, 'the account is online');
      return (user) => box.answerTo(user, () => gateway.write({ from: user, text: QUESTION }));
    });
  } finally {
    await gateway.close();
  }
}
