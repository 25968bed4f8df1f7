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
  | 'dead-letter'
  /** What we wrote cannot reach the customer any more: somebody must telephone. */
  | 'call-back';

/** Of a matter that goes on, and of one that is settled. */
export const OPEN_STATUSES = ['open', 'assigned', 'waiting'] as const;
export type TicketStatus = (typeof OPEN_STATUSES)[number] | 'resolved' | 'closed';

const going: ReadonlySet<TicketStatus> = new Set(OPEN_STATUSES);
export const isOpen = ({ status }: Readonly<{ status: TicketStatus }>): boolean => going.has(status);

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
  /** It belongs to another conversation of the same person: told of, and never made this conversation's. */
  elsewhere?: true;
}>;
