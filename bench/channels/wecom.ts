/** Messages behind WeCom: from the message in its journal, with the callback that says so, to the answer at its API. */
import { openWecom } from '../../test/support/wecom/platform';
import { corp } from '../../test/support/wecom/state';
import { type Crowd, createPostbox, type Measured, measured, QUESTION } from './crowd';

const KFID = 'wk-school';
const school = corp('school', [KFID]);

export async function measureWecom(crowd: Crowd): Promise<Measured> {
  const box = createPostbox();
  let desk = '';
  const wecom = await openWecom({
    corps: [school],
    callbackUrl: () => `${desk}/channels/wecom/school`,
    onGot: ({ user }) => box.arrived(user),
  });
  try {
    return await measured({ WECOM_ACCOUNTS: JSON.stringify([school]), WECOM_API_URL: wecom.url }, crowd, ({ url }) => {
      desk = url;
      return (user) =>
        box.answerTo(user, () => {
          wecom.state.say(KFID, user, { msgtype: 'text', text: { content: QUESTION } });
          return wecom.signal(KFID);
        });
    });
  } finally {
    await wecom.close();
  }
}
