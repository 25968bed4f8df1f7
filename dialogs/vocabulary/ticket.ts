/** A matter written down for a person to see to. */
import type { FormName } from './form';
import type { Instant } from './message';

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
