/** A channel on a terminal: a line is a message, a number picks a choice, replies are printed as text. */
import type { Address, Content, Inbound, Reply } from '../../dialogs/vocabulary';
import type { Accept, Channel, Outgoing } from '../channel';
import type { Files } from '../files';
import { plainTexts } from '../limits';

export type Terminal = Channel<string> & { address(user: string): Address };

const LIMITS = { textLength: 2000, options: 20 } as const;

/** What a person types, or what a script hands over as data. */
export function contentOf(line: string | Readonly<Record<string, unknown>>): Content | null {
  if (typeof line === 'string') return { kind: 'text', text: line };
  if (typeof line.text === 'string') return { kind: 'text', text: line.text };
  if (typeof line.choice === 'string') return { kind: 'choice', value: line.choice };
  if (typeof line.image === 'string') {
    const name = line.image.split('/').at(-1) || 'image';
    return { kind: 'image', attachment: { name, url: line.image, type: 'image/*', size: 0 } };
  }
  return null;
}

/** `write` gets each reply as a person reads it. */
export function createTerminal(
  options: Readonly<{ account: string; files: Pick<Files, 'openOutside'>; write: (text: string, outgoing: Outgoing) => void }>,
): Terminal {
  const encode = (reply: Reply): readonly string[] =>
    reply.kind === 'file' ? [`${reply.text}\n${options.files.openOutside(reply.attachment).url}`] : plainTexts(reply, LIMITS);
  const address = (user: string): Address => ({ channel: 'terminal', account: options.account, user });
  return {
    name: 'terminal',
    limits: LIMITS,
    address,
    decode(payload: unknown): readonly Inbound[] {
      if (typeof payload !== 'object' || payload === null) return [];
      const { id, user, at, line } = payload as Record<string, unknown>;
      if (typeof id !== 'string' || typeof user !== 'string' || typeof at !== 'number') return [];
      const content = typeof line === 'string' || (typeof line === 'object' && line !== null) ? contentOf(line as string) : null;
      return content ? [{ id, from: address(user), at, content }] : [];
    },
    encode,
    async send(outgoing: Outgoing) {
      options.write(encode(outgoing.reply).join('\n'), outgoing);
    },
    async start(_accept: Accept) {
      return async () => undefined;
    },
  };
}
