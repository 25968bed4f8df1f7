/** What the engine decides: the state that follows and what must happen next. */
import type { Event, TimerName } from './event';
import type { FormName, Slots } from './form';
import type { Attachment, Instant, Locale, Role } from './message';
import type { Reply } from './reply';
import type { State } from './state';
import type { Flag, Nature, Priority } from './ticket';

/** An agent's act on a ticket, by the desk's own id for it. */
export type ActOf = Readonly<{ ticket: string; id: string }>;

/** What the shell must do next, in order; data, so that a test compares it and a crash repeats it. */
export type Effect =
  /** `act` names the agent's act whose words these are, so that the agent learns what became of them. */
  | Readonly<{ kind: 'reply'; reply: Reply; act?: ActOf }>
  /** All words of the act were handed to the channel; comes after them and waits for them. */
  | Readonly<{ kind: 'confirmSent'; act: ActOf }>
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
  /** The agent is told that the customer waits: for so many minutes, with so many left. */
  | Readonly<{ kind: 'warnAgent'; ticket: string; agentName: string; waited: number; left: number }>
  /** The ticket goes back to the queue: its agent said nothing for so many minutes. */
  | Readonly<{ kind: 'releaseTicket'; ticket: string; agentName: string; minutes: number }>
  /** Nothing more is asked about a resolved ticket. */
  | Readonly<{ kind: 'closeTicket'; ticket: string }>
  /** Six digits go to the conversation where the customer of this number was known before, if there is one. */
  | Readonly<{ kind: 'sendCode'; phone: string }>
  /** The code was right and two are one person's: the tickets of both say so. */
  | Readonly<{ kind: 'noteMerge'; merge: string }>
  | Readonly<{ kind: 'rememberCustomer'; slots: Slots; role?: Role }>
  /** A question the knowledge base failed on: not found, or found and not helpful. */
  | Readonly<{
      kind: 'recordGap';
      question: string;
      /** `left-choice`: articles were offered and none was picked, nor were they refused. */
      reason: 'none' | 'unhelpful' | 'refused-choice' | 'left-choice';
      article?: string;
      /** Who asked, and the article spoken of before. */
      role?: Role;
      topic?: string;
      /** The articles that were offered. */
      offered?: readonly string[];
    }>
  /** `version` is the wording of the article at that time. */
  | Readonly<{ kind: 'recordAnswer'; article: string; question: string; helpful: boolean | null; version?: string }>
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
  /** Minutes a customer waits for the word of the agent who has the chat, until the agent is warned and until the chat goes back. */
  agentWarnMinutes: number;
  agentReturnMinutes: number;
  resumeAfterMinutes: number;
  surveyHours: number;
  /** How long after a matter was settled 「还是不行」 means that matter and reopens its ticket. */
  reopenHours: number;
  timeZone: string;
}>;

export type Step = (state: State, event: Event, rules: Rules) => Turn;
