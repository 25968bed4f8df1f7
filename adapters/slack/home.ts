/** The home tab: an agent's tickets and the queue, published when it is opened and after every act of whoever has opened it. */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Acting } from './acting';
import { createRecent } from './recent';
import { homeView } from './views/tickets';

const Opened = z.object({ user: z.string(), tab: z.literal('home') });
const REMEMBERED = 500;

export function registerHome(app: App, acting: Acting): void {
  const { office, people, api, later, onActed } = acting;
  const opened = createRecent<true>(REMEMBERED);
  /** Whose tab is being published, and whether it has to be once more: an older one must never come last. */
  const publishing = new Map<string, { again: boolean }>();

  async function publish(user: string): Promise<void> {
    const running = publishing.get(user);
    if (running) {
      running.again = true;
      return;
    }
    const state = { again: true };
    publishing.set(user, state);
    try {
      while (state.again) {
        state.again = false;
        const agent = await people.agent(user);
        const [mine, queue, stranger] = await Promise.all([
          agent ? office().tickets({ kind: 'mine', agent: agent.id }) : [],
          office().tickets({ kind: 'queue' }),
          agent ? '' : people.stranger(),
        ]);
        await api.client.views.publish({ user_id: user, view: homeView({ agent, mine, queue, stranger }) });
      }
    } finally {
      publishing.delete(user);
    }
  }

  const show = (user: string): void => later('a home tab could not be shown', () => publish(user));

  app.event('app_home_opened', async ({ event }) => {
    const { data } = Opened.safeParse(event);
    if (!data) return;
    opened.set(data.user, true);
    show(data.user);
  });
  onActed((user) => {
    if (opened.get(user)) show(user);
  });
}
