/** Activities with tokens signed as the platform signs them: from the post at our door to the answer at the service URL. */
import { message, personal } from '../../test/support/teams/activities';
import { openTeamsPlatform } from '../../test/support/teams/platform';
import { type Crowd, createPostbox, type Measured, measured, QUESTION } from './crowd';

const appId = '11111111-1111-4111-8111-111111111111';
const account = { account: 'school', type: 'UserAssignedMSI', appId, tenantId: 'c2b2e0a0-0000-4000-8000-000000000002' };

export async function measureTeams(crowd: Crowd): Promise<Measured> {
  const [platform, box] = [await openTeamsPlatform(), createPostbox()];
  platform.behave(({ type, recipient }) => {
    // The platform has it when this call is answered; the typing sign before it is no answer.
    if (type === 'message') box.arrived(recipient?.id ?? '');
    return 'fine';
  });
  const environment = { TEAMS_ACCOUNTS: JSON.stringify([account]), TEAMS_OPENID_URL: platform.openIdUrl, ...platform.environment };
  try {
    return await measured(environment, crowd, ({ url }) => {
      // A channel has one token for an hour; signing one a message would be the platform's work in our figure.
      const headers = { 'content-type': 'application/json', authorization: platform.authorization({ aud: appId }) };
      return (user, round) =>
        box.answerTo(`29:${user}`, async () => {
          const activity = { serviceUrl: platform.url, ...personal(user), ...message(`${user}-${round}`, QUESTION) };
          const body = JSON.stringify({ ...activity, timestamp: new Date().toISOString() });
          const { status } = await fetch(`${url}/channels/teams/school`, { method: 'POST', headers, body });
          if (status !== 200) throw new Error(`the desk answered ${status}`);
        });
    });
  } finally {
    await platform.close();
  }
}
