/** The contract of every channel, over the platform's own wire: one account encrypted, one plain. */
import type { Accept } from '../../../adapters/channel';
import { bytes } from '../../../adapters/limits';
import type { Wire } from '../../../adapters/wechat-official/encode';
import { channelContract, type Posted, type Rig } from '../../support/channelContract';
import { school } from '../../support/wechat-official/platform';
import { type OfficialRig, openOfficialRig } from '../../support/wechat-official/rig';
import { requestOf } from '../../support/wechat-official/wire';

/** The platform's ids are numbers of 64 bits. */
const numberOf = (id: string): string => `45612${[...id].map((sign) => sign.charCodeAt(0)).join('')}`;

async function open(accept: Accept): Promise<Rig> {
  const rig = await openOfficialRig({ accept, mute: true, platform: { tries: 1 } });
  const { channel, platform } = rig;
  return {
    channel,
    accounts: ['school', 'kindergarten'],
    post: async ({ account, user, id, text }) => (await platform.say(account, user, text, numberOf(id))).acknowledged,
    forge: (message) => forged(rig, message),
    async postFile({ account, user, id, name, bytes: content }) {
      platform.api.files.set(`media-${id}`, { bytes: content, name, type: 'image/png' });
      const fields = { MsgType: 'image', MediaId: `media-${id}`, PicUrl: '', MsgId: numberOf(id) };
      return (await platform.post(account, user, fields)).acknowledged;
    },
    platform: {
      away: platform.away,
      back: platform.back,
      got: async (account, user) => platform.shown.flatMap((one) => (one.account === account && one.user === user ? [one.text] : [])),
    },
    stop: rig.stop,
    close: rig.close,
  };
}

async function forged({ url }: OfficialRig, { user, id, text }: Posted): Promise<boolean> {
  const fields = { ToUserName: 'gh_school', FromUserName: user, CreateTime: 1, MsgType: 'text', Content: text, MsgId: numberOf(id) };
  const { query, body } = requestOf({ ...school, token: 'notOurToken' }, fields, Date.now());
  const response = await fetch(`${url}/channels/wechat-official/school?${query}`, { method: 'POST', body });
  return response.ok;
}

channelContract<Wire>(
  'wechat-official',
  open,
  { text: (wire) => wire.text, options: () => 0, length: bytes },
  { files: true, pushes: true },
);
