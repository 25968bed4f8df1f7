/** Agents in front of a wall: they claim what is put up on it through the API, answer, and give it back; everything is written down. */
import { openDoor } from './door';
import type { DeskEntry } from './journal';
import { pause } from './pause';
import type { Workplace, WorkplaceGiven } from './workplace';

export const API_TOKEN = 'a token for the agents of the test';
const PATIENCE_MS = 3_000;

type Act = Readonly<{ kind: 'claim' | 'reply' | 'note' | 'return'; text?: string }>;

export async function openWallAgents(given: WorkplaceGiven): Promise<Workplace> {
  const journal: DeskEntry[] = [];
  const threads = new Map<string, string[]>();
  let working = 0;
  const write = (entry: DeskEntry): void => {
    journal.push(entry);
    given.onEntry();
  };

  async function work(ticket: string): Promise<void> {
    const acts: Act[] = [
      { kind: 'claim' },
      ...Array.from({ length: given.replies }, (_, n): Act => ({ kind: 'reply', text: `${ticket} 答复 ${n + 1}` })),
      { kind: 'note', text: `${ticket} 备注` },
      { kind: 'return' },
    ];
    for (const [n, act] of acts.entries()) await perform(ticket, `${ticket}-${n}`, act);
  }

  async function perform(ticket: string, id: string, act: Act): Promise<void> {
    const words = act.kind === 'note' ? { hides: act.text } : { hears: act.text };
    write({ at: Date.now(), kind: 'act', ticket, id, act: act.kind, ...words });
    for (let tries = 1; ; tries += 1) {
      const status = await post(ticket, { id, agent: 'lin', agentName: '小林', ...act });
      if (status < 500 && status !== 429) return write({ at: Date.now(), kind: 'acted', ticket, id, status });
      await pause(Math.min(200, 10 * tries));
    }
  }

  async function post(ticket: string, body: object): Promise<number> {
    try {
      const response = await fetch(`${given.route()}/api/tickets/${ticket}/acts`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          authorization: `Bearer ${API_TOKEN}`,
          'content-type': 'application/json',
          // Each ticket's agent sits at a computer of their own.
          'x-forwarded-for': `10.0.${Number(ticket.slice(-4, -2))}.${Number(ticket.slice(-2))}`,
        },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      return 503; // nobody there, or killed on the way
    }
  }

  const door = await openDoor(given.weather, ({ path, body, taken }) => {
    const [, what, number = ''] = path.split('/');
    if (what === 'threads') {
      const keys = threads.get(number);
      return { status: 200, body: { ref: keys ? `thread-${number}` : null, keys: keys ?? [] } };
    }
    const { ticket, id, text } = JSON.parse(body);
    if (!taken) return { status: 200, body: {} };
    if (what === 'lines') {
      threads.get(ticket)?.push(id);
      write({ at: Date.now(), kind: 'line', ticket, id, text });
      return { status: 200, body: {} };
    }
    const fresh = !threads.has(ticket);
    if (fresh) threads.set(ticket, []);
    write({ at: Date.now(), kind: 'card', ticket });
    if (fresh && given.replies > 0) {
      working += 1;
      void work(ticket).finally(() => {
        working -= 1;
      });
    }
    return { status: 200, body: {} };
  });

  return {
    url: door.url,
    journal: () => journal,
    idle: () => working === 0,
    close: door.close,
  };
}
