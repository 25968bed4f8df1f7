/** A desk of the server's side that puts tickets on the workplace's wall over HTTP, and looks there first when it may stand there already. */
import { z } from 'zod';
import { type Desk, DeskError, type DeskLine, type TicketCard } from '../../adapters/desk';

const Thread = z.object({ ref: z.string().nullable(), keys: z.array(z.string()) });

export function createWall(url: string, timeoutMs: number): Desk {
  async function call(path: string, body?: object): Promise<unknown> {
    const request = body ? { method: 'POST', body: JSON.stringify(body) } : {};
    let response: Response;
    try {
      response = await fetch(`${url}${path}`, { ...request, signal: AbortSignal.timeout(timeoutMs) });
    } catch (cause) {
      throw new DeskError('the wall does not answer', { retryable: true, cause });
    }
    const answer = await response.json();
    if (!response.ok) throw new DeskError(`the wall answered ${response.status}`, { retryable: true, retryAfterMs: 100 });
    return answer;
  }
  const look = async (ticket: string) => Thread.parse(await call(`/threads/${ticket}`));

  return {
    name: 'slack',
    async offer({ number }: TicketCard, transcript, again) {
      const known = again ? (await look(number)).ref : null;
      if (known) return known;
      const said = transcript.flatMap(({ content }) => (content?.kind === 'text' ? [content.text] : []));
      await call('/cards', { ticket: number, said });
      return `thread-${number}`;
    },
    async relay(_, { number }, line, again) {
      if (again && (await look(number)).keys.includes(line.id)) return;
      await call('/lines', { ticket: number, id: line.id, text: wordsOf(line) });
    },
    update: async (ref) => ref,
    notify: async () => undefined,
    start: async () => async () => undefined,
  };
}

export const wordsOf = (line: DeskLine): string => {
  if (line.kind === 'delivered') return '✅';
  return line.kind === 'undelivered' ? `⚠️ ${line.reason}` : line.text;
};
