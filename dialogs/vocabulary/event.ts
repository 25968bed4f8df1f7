/** What happens to a conversation, with everything a decision may look at. */
import type { Slots } from './form';
import type { Apart, Classified, Knowledge, SchoolMatch } from './meaning';
import type { Attachment, Content, Instant, Locale, Role } from './message';
import type { TicketSummary } from './ticket';

/**
 * When a person is there. `opensAt` is the next opening when closed; `ahead` counts customers who have waited longer; `pickUpMinutes` is how long
 * the last ones waited for a person, absent while nobody knows.
 */
export type DeskStatus = Readonly<{ open: boolean; opensAt?: Instant; ahead: number; pickUpMinutes?: number }>;

/** A known outage that explains many reports at once (S0-28, P15-6). */
export type Incident = Readonly<{ id: string; title: string; message: string; school?: string }>;

/** `merge` names what made the two one person's, before the engine hears of it; `left`: tries left after a wrong one. */
export type Proof = Readonly<{ kind: 'right'; merge: string } | { kind: 'wrong'; left: number } | { kind: 'over' }>;

/** Everything a decision about a customer's message may look at, gathered before the engine runs. */
export type Gathered = Readonly<{
  knowledge: Knowledge;
  /** Each question by itself, when a message asks two or three. */
  apart?: readonly Apart[];
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
  /** Whether somebody was known under this customer's number on another conversation before; looked at when a form is about to be sent off. */
  elsewhere?: true;
  /** What the six digits typed are worth, when a code was asked for. */
  proof?: Proof;
  /** Reserved ticket numbers this turn may use, at least two; unused ones become gaps. */
  numbers: readonly string[];
}>;

export type Event = Readonly<{ id: string; at: Instant; locale: Locale }> &
  /** `part`: a further part of a message that was answered already, such as its attachment. */
  (
    | Readonly<{ kind: 'received'; content: Content; part?: true; gathered: Gathered }>
    /** `again`: the ticket was theirs already. */
    | Readonly<{ kind: 'agentClaimed'; ticket: string; agent: string; agentName: string; again?: boolean }>
    | Readonly<{
        kind: 'agentAssigned';
        ticket: string;
        agent: string;
        agentName: string;
        to: Readonly<{ agent: string; agentName: string }> | Readonly<{ department: string }>;
      }>
    /** `act` is the desk's own id for it. */
    | Readonly<{
        kind: 'agentReplied';
        ticket: string;
        act: string;
        agent: string;
        agentName: string;
        text: string;
        attachments: readonly Attachment[];
      }>
    | Readonly<{ kind: 'agentReturned'; ticket: string; agent: string; agentName: string }>
    /** `act` is the desk's own id for it; absent when nobody did it. */
    | Readonly<{ kind: 'ticketResolved'; ticket: string; result: string; auto: boolean; act?: string }>
    | Readonly<{ kind: 'timerFired'; timer: TimerName; numbers: readonly string[]; desk: DeskStatus }>
    /** The machine failed on this conversation; a person takes over and the customer is told. */
    | Readonly<{ kind: 'broke'; reason: string; numbers: readonly string[]; desk: DeskStatus }>
  );

export type Received = Extract<Event, { kind: 'received' }>;

export type TimerName = 'formAbandoned' | 'choiceAbandoned' | 'surveyExpired' | 'agentSilent';
