/** The desk's door to the mailbox of a scenario, in a file of its own so that other scenarios need not load what it needs. */
import { createEmail, type Email } from '../../adapters/email';
import type { Files } from '../../adapters/files';
import type { Notebook } from '../../adapters/notebook';
import { createNews } from '../../src/channels/news';
import { createTicketFinder } from '../../src/channels/tickets';
import type { Conversations } from '../../src/conversation/conversations';
import { asideNotice, post } from '../../src/desk/notices';
import type { Log } from '../../src/log';
import type { Store } from '../../src/store/store';
import { mailAccount } from './email';

/** Short enough for a test to outlast them. */
const PATIENCE = { leaseMs: 1_500, pollMs: 500, retryMs: [20, 50, 100, 200], answerMs: 3_000 };

type Inside = Readonly<{
  store: Store;
  conversations: Conversations;
  files: Files;
  log: Log;
  worker: string;
  exclusive: boolean;
  notebook: Notebook;
  now: () => number;
}>;

export function openMailDoor(url: string, { store, conversations, files, log, worker, exclusive, notebook, now }: Inside): Email {
  return createEmail({
    accounts: [mailAccount(url)],
    brand: '服务台',
    secret: 'a secret for message ids',
    worker: exclusive ? 'only' : worker,
    notebook,
    tickets: createTicketFinder(store),
    putAside: async (mail) => void (await post(store, asideNotice(mail, now()))),
    undelivered: (key, of, reason) => createNews(store, conversations.tickets)({ kind: 'undelivered', key, of, reason, at: now() }),
    // Customers of a scenario write more than people do.
    answersPerHour: 1_000_000,
    patience: PATIENCE,
    ...{ files, log, now },
  });
}
