/**
 * Sends of processes that do not hold the login: only the one that does may speak, so the others leave what they have to say in the notebook
 * and wait for its word. What the holder left undone when it died is done by the next.
 */
import { z } from 'zod';
import { ChannelError, type Outgoing } from '../channel';
import { amend, type Notebook } from '../notebook';
import type { Log, Patience } from './options';
import type { Stopping } from './wait';

export type Relay = Readonly<{
  /** Has it said by whoever holds the login; throws ChannelError with their reason, or when nobody took it up in time. */
  ask(outgoing: Outgoing): Promise<void>;
  /** Says what others left, for as long as this process holds the login. */
  serve(until: Stopping): Promise<void>;
}>;

const Outcome = z.object({ reason: z.string(), retryable: z.boolean() }).nullable();
/** `outcome` is missing while nobody said it, null once it was said. Whoever asked is gone after `until`: then nobody may say it any more. */
const Left = z.object({
  outgoing: z.custom<Outgoing>((value) => typeof value === 'object' && value !== null && 'key' in value && 'to' in value),
  until: z.number(),
  outcome: Outcome.optional(),
});
type Left = Readonly<z.infer<typeof Left>>;

const keyOf = ({ outgoing }: Left): string => outgoing.key;

export function createRelay(
  deps: Readonly<{
    account: string;
    notebook: Notebook;
    /** Says it through this process's own login. */
    say(outgoing: Outgoing): Promise<void>;
    patience: Patience;
    now: () => number;
    log: Log;
  }>,
): Relay {
  const { account, notebook, patience, now } = deps;
  const note = `left/${account}`;
  const underWay = new Set<string>();

  const standing = (value: unknown): readonly Left[] => {
    const parsed = z.array(Left).safeParse(value);
    return parsed.success ? parsed.data.filter(({ until }) => until > now()) : [];
  };
  const change = (apply: (all: readonly Left[]) => readonly Left[]) => amend(notebook, note, (value) => apply(standing(value)));
  const without = (key: string) => change((all) => all.filter((one) => keyOf(one) !== key));
  const read = async (): Promise<readonly Left[]> => standing((await notebook.read(note))?.value);

  async function perform({ outgoing }: Left): Promise<void> {
    const outcome = await deps.say(outgoing).then(
      () => null,
      (error: unknown) => ({
        reason: error instanceof Error ? error.message : String(error),
        retryable: !(error instanceof ChannelError) || error.retryable,
      }),
    );
    await change((all) => all.map((one) => (keyOf(one) === outgoing.key ? { ...one, outcome } : one)));
  }

  return {
    async ask(outgoing) {
      const { key } = outgoing;
      const until = now() + patience.relayWithinMs;
      await change((all) => [...all.filter((one) => keyOf(one) !== key), { outgoing, until }]);
      while (now() < until) {
        const outcome = (await read()).find((one) => keyOf(one) === key)?.outcome;
        if (outcome !== undefined) {
          await without(key);
          if (outcome === null) return;
          throw new ChannelError(outcome.reason, { retryable: outcome.retryable });
        }
        await new Promise((resolve) => setTimeout(resolve, patience.relayMs));
      }
      throw new ChannelError(`nobody who holds the login of ${account} took it up`, { retryable: true });
    },
    async serve(until) {
      while (!until.now()) {
        const left = await read().catch((error) => {
          deps.log.warn({ account, err: error }, 'what other processes have to say is not known');
          return [];
        });
        for (const one of left) {
          if (one.outcome !== undefined || underWay.has(keyOf(one))) continue;
          underWay.add(keyOf(one));
          perform(one)
            .catch((error) => deps.log.warn({ account, err: error }, 'another process was not told what became of its send'))
            .finally(() => underWay.delete(keyOf(one)));
        }
        await until.within(patience.relayMs);
      }
    },
  };
}
