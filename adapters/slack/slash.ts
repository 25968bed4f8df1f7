/** Listens to /qiao and answers in the same breath, so that nothing depends on a second request. */
import type { App } from '@slack/bolt';
import type { Acting } from './acting';
import { answerTo } from './commands';
import { parseCommand } from './commandWords';

export const COMMAND = '/qiao';

export function registerCommands(app: App, acting: Acting): void {
  app.command(COMMAND, async ({ ack, command }) => {
    const { user_id: user, channel_id: channel, trigger_id: id, text } = command;
    const agent = await acting.people.agent(user);
    const asker = {
      agent,
      stranger: acting.people.stranger,
      id,
      async act(...[who, deed]: Parameters<Parameters<typeof answerTo>[1]['act']>) {
        const { outcome } = await acting.take(who, deed, user);
        const done = await acting.shortly(outcome);
        if (!done) acting.tellRefusal(outcome, { channel, user });
        return done;
      },
    };
    const answer = await answerTo(parseCommand(text), asker, acting.office());
    await ack({ response_type: 'ephemeral', text: answer.text, blocks: [...answer.blocks] });
  });
}
