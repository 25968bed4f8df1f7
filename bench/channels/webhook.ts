/** A gateway that posts signed messages: from its request to the callback with the answer. */
import { type Crowd, createPostbox, type Measured, measured, QUESTION } from './crowd';
import { openGateway } from './gateway';

export async function measureWebhook(crowd: Crowd): Promise<Measured> {
  const box = createPostbox();
  const gateway = await openGateway(box.arrived);
  try {
    return await measured(
      gateway.environment,
      crowd,
      ({ url }) =>
        (user, round) =>
          box.answerTo(user, () => gateway.say(url, `${user}-${round}`, user, QUESTION)),
    );
  } finally {
    await gateway.close();
  }
}
