/** A log in memory with the real one's manners: one row per key, `seq` per conversation, history by address. */
import type { Accept, Accepted, Entry, History, Outgoing } from '../../adapters/channel';
import type { Address, Inbound, Reply } from '../../dialogs/vocabulary';

export type ConversationLog = Readonly<{
  accept: Accept;
  history: History;
  /** What was accepted, in order. */
  inbox: readonly Inbound[];
  /** Writes a reply into the log and gives it back as it is to be sent. */
  reply(to: Address, reply: Reply): Outgoing;
  /** While false, accept rejects as it does when the store is away. */
  setWorking(on: boolean): void;
}>;

const keyOf = (of: Address): string => `${of.channel}:${of.account}:${of.user}`;

export function createConversationLog(now: () => number = Date.now): ConversationLog {
  const entries = new Map<string, Entry[]>();
  const known = new Map<string, Accepted>();
  const inbox: Inbound[] = [];
  let working = true;

  const add = (of: Address, entry: Omit<Entry, 'seq'>): number => {
    const lines = entries.get(keyOf(of)) ?? [];
    const seq = lines.length + 1;
    entries.set(keyOf(of), [...lines, { seq, ...entry }]);
    return seq;
  };

  return {
    inbox,
    async accept(message) {
      if (!working) throw new Error('the store is away');
      const id = `${message.from.channel}:${message.from.account}:${message.id}`;
      const before = known.get(id);
      if (before) return { ...before, duplicate: true };
      const accepted = { id, conversation: keyOf(message.from), duplicate: false };
      known.set(id, accepted);
      inbox.push(message);
      add(message.from, { id, at: message.at, author: 'customer', content: message.content });
      return accepted;
    },
    async history(of, after) {
      return (entries.get(keyOf(of)) ?? []).filter((entry) => entry.seq > after);
    },
    reply(to, reply) {
      const agent = 'from' in reply ? reply.from : undefined;
      const key = `out:${keyOf(to)}:${entries.get(keyOf(to))?.length ?? 0}`;
      const author = agent === undefined ? ({ author: 'bot' } as const) : ({ author: 'agent', authorName: agent } as const);
      return { key, to, reply, seq: add(to, { id: key, at: now(), ...author, reply }) };
    },
    setWorking(on) {
      working = on;
    },
  };
}
