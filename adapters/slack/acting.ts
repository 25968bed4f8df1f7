/** Passes an agent's act on to the house: stored before Slack hears that we have it, its outcome told afterwards. */
import type { Agent, AgentEvent, Delivered, Office, Taken } from '../desk';
import { inTime } from '../inTime';
import type { Api, Whom } from './api';
import type { Log } from './options';
import type { People } from './people';
import { plain } from './text';

/** An act as views and handlers make it; who and when is known here. */
export type Deed = AgentEvent extends infer E ? (E extends AgentEvent ? Omit<E, 'at' | 'agent' | 'agentName'> : never) : never;

export type Acting = Readonly<{
  office(): Office;
  people: People;
  api: Api;
  /** Resolves once the act is durable; a refusal is whispered to `whom` later. Rejects when it was not stored: then Slack must not be acknowledged. */
  act(agent: Agent, deed: Deed, whom: Whom): Promise<void>;
  /** The same for whoever shows the outcome in a place of their own. */
  take(agent: Agent, deed: Deed, user: string): Promise<Taken>;
  /** The outcome, as long as Slack waits for us; null when it takes longer. */
  shortly(outcome: Taken['outcome']): Promise<Delivered | null>;
  /** Whispers a refusal once it is known. */
  tellRefusal(outcome: Taken['outcome'], whom: Whom): void;
  /** Calls `listener` with the Slack user whose act was done or refused. */
  onActed(listener: (user: string) => void): void;
  /** The agent behind a click, or null after telling the person whom to ask. */
  known(user: string, whom: Whom): Promise<Agent | null>;
  /** Resolves when the acts of a ticket that are under way are done, or after a moment: Slack waits no longer than three seconds. */
  settled(number: string): Promise<void>;
  /** What may take its time, after Slack was acknowledged. */
  later(what: string, task: () => Promise<unknown>): void;
  now(): number;
}>;

const MOMENT_MS = 1_000;
/** Slack gives three seconds for everything; storing and the way take their part of them. */
const PATIENCE_MS = 1_500;

export function createActing(deps: Readonly<{ office: () => Office; people: People; api: Api; log: Log; now: () => number }>) {
  const { office, people, api, log, now } = deps;
  const running = new Set<Promise<void>>();
  /** The latest act under way on a ticket; those before it are done before it is. */
  const underWay = new Map<string, Promise<unknown>>();

  function later(what: string, task: () => Promise<unknown>): void {
    const work = task()
      .then(() => undefined)
      .catch((error) => log.warn({ err: error }, what))
      .finally(() => running.delete(work));
    running.add(work);
  }

  const listeners: ((user: string) => void)[] = [];

  async function take(agent: Agent, deed: Deed, user: string): Promise<Taken> {
    // A deed is an event but for who and when, whatever its kind.
    const taken = await office().take({ ...deed, at: now(), agent: agent.id, agentName: agent.name } as AgentEvent);
    const { outcome } = taken;
    const number = deed.ticket;
    underWay.set(number, outcome);
    later('what an act changed could not be shown', async () => {
      await outcome.finally(() => {
        if (underWay.get(number) === outcome) underWay.delete(number);
      });
      for (const listener of listeners) listener(user);
    });
    return taken;
  }

  function tellRefusal(outcome: Taken['outcome'], whom: Whom): void {
    later('an agent could not be told what became of an act', async () => {
      const done = await outcome;
      if (done.kind === 'refused') await api.whisper(whom, { text: `⛔ ${plain(done.message)}` });
    });
  }

  const acting: Acting = {
    office,
    people,
    api,
    now,
    later,
    async settled(number) {
      const going = underWay.get(number);
      if (!going) return;
      await inTime(
        going.catch(() => undefined),
        MOMENT_MS,
        undefined,
      );
    },
    take,
    shortly: (outcome) => inTime(outcome, PATIENCE_MS, null),
    tellRefusal,
    onActed: (listener) => void listeners.push(listener),
    async act(agent, deed, whom) {
      const { outcome } = await take(agent, deed, whom.user);
      tellRefusal(outcome, whom);
    },
    async known(user, whom) {
      const agent = await people.agent(user);
      if (!agent) later('somebody could not be told whom to ask', async () => api.whisper(whom, { text: await people.stranger() }));
      return agent;
    },
  };
  return { acting, settled: async () => void (await Promise.all(running)) };
}
