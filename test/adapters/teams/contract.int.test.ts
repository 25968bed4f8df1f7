import { channelContract } from '../../support/channelContract';
import { personal } from '../../support/teams/activities';
import { buttonsOf, type Said, shownText } from '../../support/teams/platform';
import { createSigning } from '../../support/teams/signing';
import { ACCOUNTS, openRig } from './rig';

const [first, second] = ACCOUNTS;
const stranger = createSigning();

channelContract<Said>(
  'teams',
  async (accept) => {
    const rig = await openRig(accept);
    const { platform } = rig;
    const chatOf = (user: string) => ({ serviceUrl: platform.url, ...personal(user) });
    return {
      channel: rig.channel,
      accounts: [first.account, second.account],
      post: async ({ account, user, id, text }) => (await rig.post({ ...chatOf(user), type: 'message', id, text }, { account })).ok,
      forge: async ({ account, user, id, text }) => {
        const authorization = stranger.authorization({ aud: first.appId ?? '', serviceurl: platform.url });
        return (await rig.post({ ...chatOf(user), type: 'message', id, text }, { account, authorization })).ok;
      },
      postFile: async ({ account, user, id, name, bytes }) => {
        const contentUrl = platform.put(id, { bytes, type: 'image/png' });
        const attachments = [{ contentType: 'image/*', contentUrl, name }];
        return (await rig.post({ ...chatOf(user), type: 'message', id, attachments }, { account })).ok;
      },
      platform: {
        away: async () => platform.behave(() => 'cut'),
        back: async () => platform.behave(() => 'fine'),
        got: async (_, user) =>
          platform.got.filter(({ conversation }) => conversation === `a:${user}`).map(({ activity }) => shownText(activity)),
      },
      stop: rig.stop,
      close: rig.close,
    };
  },
  { text: shownText, options: buttonsOf },
  { files: true, pushes: true },
);
