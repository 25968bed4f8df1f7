/** One person in front of the platform: writes, fills cards in, presses buttons, and reads what comes. */
import { type Change, message, personal } from './activities';
import { type Got, type Said, shownText, type TeamsPlatform } from './platform';

export type Bot = Readonly<{ url: string; account: string; appId: string }>;
export type Person = ReturnType<typeof createPerson>;

/** `more` says where they are, when it is not their own chat. */
export function createPerson(platform: TeamsPlatform, bot: Bot, user: string, more: Change = {}) {
  const place = { ...personal(user), ...more };
  // personal() and inGroup() are the writers.
  const conversation = (place.conversation as Readonly<{ id: string }>).id;
  let sent = 0;
  let read = 0;

  /** Posts until the desk has it; the same activity again when it has not. */
  async function post(activity: Change): Promise<Response> {
    sent += 1;
    const body = JSON.stringify({
      serviceUrl: platform.url,
      ...place,
      id: `${user}-${sent}`,
      timestamp: new Date().toISOString(),
      ...activity,
    });
    const headers = { 'content-type': 'application/json', authorization: platform.authorization({ aud: bot.appId }) };
    return fetch(`${bot.url}/channels/teams/${bot.account}`, { method: 'POST', headers, body });
  }

  const mine = (): readonly Got[] => platform.got.filter((one) => one.conversation === conversation && one.activity.type === 'message');
  const cardOf = (said: Said) => said.attachments?.find(({ content }) => content)?.content;

  return {
    post,
    conversation,
    says: (text: string, activity: Change = {}) => post({ ...message(`${user}-${sent + 1}`, text), ...activity }),
    comes: () => post({ type: 'conversationUpdate', membersAdded: [{ id: `29:${user}`, name: '王老师' }] }),
    /** Sends the form of a card, with what stands in it and what is changed. */
    fills(said: Said, values: Readonly<Record<string, string>>): Promise<Response> {
      const card = cardOf(said);
      const known = (card?.body ?? []).flatMap(({ id, value }) =>
        typeof id === 'string' && typeof value === 'string' ? [[id, value]] : [],
      );
      const [submit] = card?.actions ?? [];
      return post({ type: 'message', value: { ...(submit?.data as object), ...Object.fromEntries(known), ...values } });
    },
    presses(said: Said, title: string): Promise<Response> {
      if (said.suggestedActions) return post(message(`${user}-${sent + 1}`, title));
      return post({ type: 'message', value: cardOf(said)?.actions?.find((action) => action.title === title)?.data });
    },
    /** The next thing said to them, once it is. */
    async next(): Promise<Said & Readonly<{ shown: string }>> {
      const found = await platform.until(() => mine()[read]);
      read += 1;
      return { ...found.activity, shown: shownText(found.activity) };
    },
  };
}
