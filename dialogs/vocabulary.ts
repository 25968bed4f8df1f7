/** The words every room shares: what comes in, what the engine remembers, what must happen next. Imports nothing. */

/** Milliseconds since the epoch; plain JSON, so a stored event replays to the same turn. */
export type Instant = number;
export type Locale = 'zh' | 'en';
export type Role = 'parent' | 'teacher' | 'admin' | 'prospect';
export type ChannelName = 'web' | 'webhook' | 'terminal' | 'wechat' | 'wechat-official' | 'wecom' | 'teams' | 'slack' | 'email' | 'phone';

/** Who we talk to: one person on one account of one channel. One address is one conversation. */
export type Address = Readonly<{ channel: ChannelName; account: string; user: string; thread?: string }>;

export type Attachment = Readonly<{ name: string; url: string; type: string; size: number }>;

export type Content =
  | Readonly<{ kind: 'text'; text: string }>
  /** A pressed button: `value` is what we put into the option, `label` what the customer saw. */
  | Readonly<{ kind: 'choice'; value: string; label?: string }>
  /** A form card sent as a whole. */
  | Readonly<{ kind: 'fields'; values: Readonly<Partial<Record<SlotName, string>>> }>
  | Readonly<{ kind: 'file' | 'image' | 'voice'; attachment: Attachment; transcript?: string }>
  | Readonly<{ kind: 'location'; latitude: number; longitude: number; label?: string }>
  /** The customer opened the chat without saying anything yet. */
  | Readonly<{ kind: 'hello' }>;

/** What a customer sent. `id` is the platform's own, so a redelivery is recognised. */
export type Inbound = Readonly<{ id: string; from: Address; at: Instant; locale?: Locale; name?: string; content: Content }>;

// ---------------------------------------------------------------- replies

export type Option = Readonly<{ value: string; label: string }>;
export type FieldPrompt = Readonly<{ name: SlotName; label: string; required: boolean; value?: string; hint?: string }>;
/** What the desk says: meaning, not markup. `text` always carries the whole meaning for channels that can show nothing else. */
export type Reply =
  | Readonly<{ kind: 'text'; text: string; options?: readonly Option[]; article?: string; from?: string }>
  | Readonly<{ kind: 'choices'; text: string; options: readonly Option[] }>
  | Readonly<{ kind: 'form'; text: string; form: FormName; asking: SlotName; fields: readonly FieldPrompt[]; options: readonly Option[] }>
  | Readonly<{
      kind: 'card';
      text: string;
      title: string;
      rows: readonly Readonly<{ label: string; value: string }>[];
      options?: readonly Option[];
    }>;

// ---------------------------------------------------------------- forms and tickets

/** Every piece of information a form may ask for. The first six are the intake fields (S4-29). */
export type SlotName =
  | 'school'
  | 'class'
  | 'name'
  | 'phone'
  | 'issue'
  | 'remark'
  | 'newPhone'
  | 'relation'
  | 'place'
  | 'device'
  | 'since'
  | 'recipients'
  | 'eventTime'
  | 'item'
  | 'against'
  | 'reason';

/** `raw` as the customer wrote it, `value` in canonical form; `verified` is false when a directory exists and does not know it. */
export type Slot = Readonly<{ raw: string; value: string; verified?: boolean }>;
export type Slots = Readonly<Partial<Record<SlotName, Slot>>>;

export type FormName =
  | 'intake'
  | 'complaint'
  | 'suggestion'
  | 'repair'
  | 'join'
  | 'change'
  | 'query'
  | 'cancel'
  | 'return'
  | 'urgent'
  | 'report';

export type Nature = '咨询' | '申告' | '投诉' | '建议' | '业务办理' | '紧急';
export type Priority = 'low' | 'normal' | 'high' | 'urgent';
/** A mark that a person must see: on the ticket, on the conversation, or both. */
export type Flag =
  | 'supervisor'
  | 'urgent'
  | 'rights'
  | 'abuse'
  | 'quarantine'
  | 'self-harm'
  | 'incomplete'
  | 'after-hours'
  | 'unverified-school'
  | 'dead-letter';

export type TicketStatus = 'open' | 'assigned' | 'waiting' | 'resolved' | 'closed';
/** What a conversation may know of one of its customer's tickets. Never of anybody else's. */
export type TicketSummary = Readonly<{
  number: string;
  form: FormName;
  status: TicketStatus;
  issue: string;
  assignee?: string;
  createdAt: Instant;
  dueAt: Instant;
  result?: string;
}>;

// ---------------------------------------------------------------- what a message means

export type IntentName =
  | 'faq'
  | 'complaint'
  | 'repair'
  | 'suggestion'
  | 'human-request'
  | 'ticket-status'
  | 'cancel-service'
  | 'join-service'
  | 'change-info'
  | 'query-info'
  | 'return-exchange'
  | 'urgent-incident'
  | 'chitchat'
  | 'abuse'
  | 'bad-content'
  | 'out-of-scope';
/** `why` names the rule or evidence in words a developer can read. Score 0…1. */
export type Intent = Readonly<{ name: IntentName; score: number; why: readonly string[] }>;

/** One article found for a text. `answer` is already filled from settings. */
export type Hit = Readonly<{
  article: string;
  title: string;
  answer: string;
  score: number;
  department: string;
  /** The form this article leads to when the answer alone does not help. */
  form?: FormName;
}>;
export type Decision = 'answer' | 'clarify' | 'none';
/** What the knowledge base makes of a text: hits best first; `decision` says how sure it is of the first. */
export type Knowledge = Readonly<{ decision: Decision; hits: readonly Hit[] }>;
/** A school of the directory found in the text under its name or an alias. `raw` is the text that matched. */
export type SchoolMatch = Readonly<{ school: string; raw: string; score: number }>;
/** A statistical guess at the intent, from outside the rules. */
export type Classified = Readonly<{ name: IntentName; score: number }>;

// ---------------------------------------------------------------- events

/** When a person is there. `opensAt` is the next opening when closed; `ahead` counts customers already queued. */
export type DeskStatus = Readonly<{ open: boolean; opensAt?: Instant; ahead: number }>;
/** A known outage that explains many reports at once (S0-28, P15-6). */
export type Incident = Readonly<{ id: string; title: string; message: string; school?: string }>;

/** Everything a decision about a customer's message may look at, gathered before the engine runs. */
export type Gathered = Readonly<{
  knowledge: Knowledge;
  schools: readonly SchoolMatch[];
  /** Whether a school directory exists at all: without one nothing is "unverified". */
  directory: boolean;
  classified: readonly Classified[];
  /** This customer's tickets, newest first, those of the last 90 days. */
  tickets: readonly TicketSummary[];
  desk: DeskStatus;
  incidents: readonly Incident[];
  /** Facts remembered of this customer from earlier conversations. */
  profile: Readonly<{ role?: Role; slots: Slots }>;
  /** Reserved ticket numbers this turn may use, at least two; unused ones become gaps. */
  numbers: readonly string[];
}>;

export type Event = Readonly<{ id: string; at: Instant; locale: Locale }> &
  (
    | Readonly<{ kind: 'received'; content: Content; gathered: Gathered }>
    | Readonly<{ kind: 'agentClaimed'; ticket: string; agent: string; agentName: string }>
    | Readonly<{ kind: 'agentReplied'; ticket: string; agent: string; agentName: string; text: string }>
    | Readonly<{ kind: 'agentReturned'; ticket: string; agent: string; agentName: string }>
    | Readonly<{ kind: 'agentReleased'; ticket: string; reason: string }>
    | Readonly<{ kind: 'ticketResolved'; ticket: string; result: string; auto: boolean }>
    | Readonly<{ kind: 'timerFired'; timer: TimerName; numbers: readonly string[] }>
    /** The machine failed on this conversation; a person takes over and the customer is told. */
    | Readonly<{ kind: 'broke'; reason: string; numbers: readonly string[]; desk: DeskStatus }>
  );
export type Received = Extract<Event, { kind: 'received' }>;

export type TimerName = 'formAbandoned' | 'surveyExpired';

// ---------------------------------------------------------------- state

/** What survives a change of phase. */
export type Memory = Readonly<{
  role?: Role;
  greeted: boolean;
  /** Identity and answers the customer gave, offered again in the next form. */
  slots: Slots;
  /** Questions in a row the desk could not answer. */
  misses: number;
  /** The last question missed, so that a person gets it with whatever is said next. */
  missed?: string;
  /** Numbers opened in this conversation, newest last, at most 20. */
  tickets: readonly string[];
  /** The last article answered from, for a fragment like 「那取消呢?」. */
  topic?: string;
  lastAt: Instant;
  abuse: number;
  /** The options last shown, so that a typed 「2」 or label means the button. */
  offered: readonly Option[];
  /** Forms put aside for a more pressing matter, taken up again afterwards, last one first. */
  parked: readonly Draft[];
  /** Tickets whose survey was offered: never twice. */
  surveyed: readonly string[];
  /** Tickets resolved while something else was going on; their survey comes afterwards. */
  toSurvey?: readonly string[];
}>;

/** A form in progress. `ticket` is set when the ticket was opened before the form was complete (urgent lane, handoff). */
export type Draft = Readonly<{
  form: FormName;
  slots: Slots;
  refused: readonly SlotName[];
  tries: number;
  /** A grade told without its class, 「三年级」, until the class follows. */
  grade?: string;
  ticket?: string;
  flags: readonly Flag[];
  /** Where to send the ticket when an article led here. */
  department?: string;
}>;

export type Phase =
  | Readonly<{ phase: 'idle' }>
  | Readonly<{ phase: 'answering'; question: string; hit: Hit; others: readonly Hit[] }>
  | Readonly<{ phase: 'clarifying'; question: string; hits: readonly Hit[]; draft?: Draft }>
  | Readonly<{ phase: 'form'; draft: Draft; asking: SlotName }>
  | Readonly<{ phase: 'confirming'; draft: Draft; changing?: SlotName }>
  /** The customer came back to an unfinished form after a long time. */
  | Readonly<{ phase: 'resuming'; draft: Draft; text: string }>
  /** Several schools answer to what the customer wrote. */
  | Readonly<{ phase: 'choosingSchool'; draft: Draft; schools: readonly string[] }>
  /** `slots` is what the ticket holds already, here and while an agent has it: words that add nothing amend nothing. */
  | Readonly<{ phase: 'waiting'; ticket: string; reason: HandoffReason; since: Instant; slots: Slots; grade?: string }>
  | Readonly<{ phase: 'withAgent'; ticket: string; agent: string; agentName: string; since: Instant; slots: Slots }>
  | Readonly<{ phase: 'survey'; ticket: string; rating?: number }>
  /** `about` is a message that may belong to the ticket just closed; the customer is being asked. */
  | Readonly<{ phase: 'closed'; ticket?: string; at: Instant; about?: string }>;
export type PhaseName = Phase['phase'];

/** Bump when the shape of a stored state changes; the shell migrates or restarts the dialog politely. */
export const STATE_SCHEMA = 1;
export type State = Readonly<{ schema: typeof STATE_SCHEMA; memory: Memory }> & Phase;

export type HandoffReason = 'asked' | 'misses' | 'refused' | 'urgent' | 'broke' | 'abuse';
/** Who may speak to the customer right now. */
export type Holder = Readonly<{ kind: 'bot' | 'queue' | 'agent'; agent?: string; reason: string; since: Instant }>;

// ---------------------------------------------------------------- effects

/** What the shell must do next, in order; data, so that a test compares it and a crash repeats it. */
export type Effect =
  | Readonly<{ kind: 'reply'; reply: Reply }>
  | Readonly<{
      kind: 'openTicket';
      number: string;
      form: FormName;
      nature: Nature;
      priority: Priority;
      department: string;
      slots: Slots;
      flags: readonly Flag[];
      /** Whether a person must take the chat itself over, not only the ticket. */
      handoff: boolean;
    }>
  /** `handoff` true: a person must now take the chat over on this ticket. `note` goes to its log. */
  | Readonly<{ kind: 'amendTicket'; number: string; slots: Slots; flags: readonly Flag[]; note?: string; handoff?: boolean }>
  /** A mark on the conversation that a supervisor must see at once, ticket or not (S4-36). */
  | Readonly<{ kind: 'raiseFlag'; flag: Flag; reason: string; ticket?: string }>
  /** The customer's words while a person holds or is due to take the chat. */
  | Readonly<{ kind: 'tellDesk'; ticket: string; text: string; attachment?: Attachment }>
  | Readonly<{ kind: 'rememberCustomer'; slots: Slots; role?: Role }>
  /** A question the knowledge base failed on: not found, or found and not helpful. */
  | Readonly<{ kind: 'recordGap'; question: string; reason: 'none' | 'unhelpful' | 'refused-choice'; article?: string }>
  | Readonly<{ kind: 'recordAnswer'; article: string; helpful: boolean | null }>
  | Readonly<{ kind: 'recordSurvey'; ticket: string; rating: number; comment?: string }>
  | Readonly<{ kind: 'wakeAt'; timer: TimerName; at: Instant }>
  | Readonly<{ kind: 'cancelWake'; timer: TimerName }>;
export type EffectKind = Effect['kind'];

export type Turn = Readonly<{ state: State; effects: readonly Effect[] }>;
/** What a place decides: names, limits and words that differ from desk to desk. Plain JSON. */
export type Rules = Readonly<{
  brand: string;
  hotline?: string;
  /** Hours, spoken: 「周一至周五 8:30–17:30」. */
  hoursText: Readonly<Record<Locale, string>>;
  /** Minutes a desk answers in at the latest by default (S4-18: 480). */
  resolutionMinutes: number;
  formIdleMinutes: number;
  resumeAfterMinutes: number;
  surveyHours: number;
  timeZone: string;
}>;
export type Step = (state: State, event: Event, rules: Rules) => Turn;
