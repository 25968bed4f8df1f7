/** What the desk's store says, cut down to what a judge needs and plain enough for JSON. */
import type { DeskLine } from '../../adapters/desk';
import type { Audit } from '../../src/conversation/conversations';
import { lineOf } from '../../src/desk/lines';
import type { MessageDoc, TicketDoc } from '../../src/store/documents';
import type { Store } from '../../src/store/store';

export type Books = Readonly<{
  audit: Audit;
  rssMb: number;
  messages: readonly Readonly<
    Pick<MessageDoc, '_id' | 'conversation' | 'direction' | 'author' | 'seq' | 'status' | 'outcome' | 'owner' | 'error'> & { text: string }
  >[];
  tickets: readonly Readonly<
    Pick<TicketDoc, '_id' | 'key' | 'conversation' | 'status' | 'flags'> & { told: boolean; lines: readonly DeskLine[] }
  >[];
}>;

export async function booksOf(store: Store, audit: Audit): Promise<Books> {
  const [messages, tickets] = await Promise.all([store.messages.find({}), store.tickets.find({})]);
  return {
    audit,
    rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
    messages: messages.map(({ _id, conversation, direction, author, seq, status, outcome, owner, error, content, reply }) => ({
      ...{ _id, conversation, direction, author, seq, status },
      ...(outcome && { outcome }),
      ...(owner && { owner }),
      ...(error && { error }),
      text: reply?.text ?? (content?.kind === 'text' ? content.text : ''),
    })),
    tickets: tickets.map(({ _id, key, conversation, status, flags, events, deskAt, boards }) => ({
      ...{ _id, key, conversation, status, flags },
      told: deskAt === null && Object.values(boards).every(({ told }) => told === events.length),
      lines: events.flatMap((event) => lineOf(event) ?? []),
    })),
  };
}
