/** Every collection by name: what the rest of the program sees of the store, whichever adapter is behind it. */
import type { Collection } from './collection';
import type {
  AgentDoc,
  AnswerDoc,
  ArticleDoc,
  CallDoc,
  ContactDoc,
  ConversationDoc,
  CounterDoc,
  CustomerDoc,
  DraftDoc,
  GapDoc,
  IncidentDoc,
  MergeDoc,
  MessageDoc,
  NoteDoc,
  NoticeDoc,
  ProofDoc,
  SchoolDoc,
  SettingsDoc,
  TicketDoc,
  VariantDoc,
  WorkerDoc,
} from './documents';

export type Documents = {
  conversations: ConversationDoc;
  messages: MessageDoc;
  tickets: TicketDoc;
  counters: CounterDoc;
  customers: CustomerDoc;
  contacts: ContactDoc;
  schools: SchoolDoc;
  incidents: IncidentDoc;
  agents: AgentDoc;
  settings: SettingsDoc;
  gaps: GapDoc;
  answers: AnswerDoc;
  variants: VariantDoc;
  articles: ArticleDoc;
  drafts: DraftDoc;
  notices: NoticeDoc;
  notes: NoteDoc;
  calls: CallDoc;
  merges: MergeDoc;
  proofs: ProofDoc;
  workers: WorkerDoc;
};

export type Store = { readonly [Name in keyof Documents]: Collection<Documents[Name]> } & {
  /** Rejects with a StoreError when the store cannot be written to right now. `unrewritten`: collections whose file grows because it cannot be rewritten. */
  ping(): Promise<Readonly<{ unrewritten: readonly string[] }>>;
  close(): Promise<void>;
};
