import { type Found, paths, type ThreadItem } from '../../../adapters/page/wire';
import { tokenHash } from '../../../src/people/agents';
import { type DeskRig, deskContract, type Who } from '../../support/deskContract';
import { openDeskHouse } from '../../support/deskHouse';
import { OWN, type PageAgent, request, signIn, watch, withCookie } from '../../support/pageAgent';

const words = (item: ThreadItem): string => ('text' in item ? item.text : item.content.kind === 'text' ? item.content.text : '');

/** A page looks into the store whenever somebody looks at it, so there is no platform in between that could fail. */
async function openPageRig(): Promise<DeskRig> {
  const house = await openDeskHouse([]);
  for (const id of ['li', 'zhao', 'sun']) {
    await house.store.agents.update({ _id: id }, { $set: { token: tokenHash(id), tokenAt: new Date(house.now() - 1) } });
  }
  const agents = { li: await signIn(house.url, 'li'), zhao: await signIn(house.url, 'zhao') };
  const sun = await signIn(house.url, 'sun');
  const feed = await watch(house.url, sun.cookie);
  const heard: Record<Who, string[]> = { li: [], zhao: [], stranger: [] };

  async function act(who: Who, number: string, body: Parameters<PageAgent['act']>[1]): Promise<boolean> {
    const wrongToken = { method: 'POST', headers: OWN, body: { token: 'nobody gave me one' } };
    const answered = who === 'stranger' ? await request(`${house.url}${paths.session}`, wrongToken) : await agents[who].act(number, body);
    if (answered.body.error) heard[who].push(answered.body.error.message);
    return [200, 202, 409].includes(answered.status);
  }
  const idOf = (id: string): string => `contract-${id}`;

  return {
    house,
    advice: '口令不对或已失效',
    async cards(number) {
      const { body } = await sun.get<Found>(`${paths.find}?text=${number}`);
      return body.tickets.map((card) => JSON.stringify(card));
    },
    lines: async (number) => (await sun.ticket(number)).thread.map(words),
    claim: (who, number, id) => act(who, number, { kind: 'claim', id: idOf(id) }),
    write: (who, number, text, id) => act(who, number, { kind: 'reply', id: idOf(id), text }),
    async forge(who, number) {
      const cookie = who === 'stranger' ? '' : `${agents[who].cookie.slice(0, -3)}AAA`;
      return (await withCookie(house.url, cookie).act(number, { kind: 'claim', id: idOf('forged') })).status === 200;
    },
    told: async (who) => heard[who].join('\n'),
    async until(look) {
      for (;;) {
        const found = await look();
        if (found) return found;
        await house.conversations.idle();
      }
    },
    async close() {
      feed.leave();
      await house.close();
    },
  };
}

deskContract("the desk's page", openPageRig);
