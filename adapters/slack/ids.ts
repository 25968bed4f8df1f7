/** The names by which Slack tells our buttons, forms and messages apart; views write them, handlers read them. */

/** A button's `value` is the ticket's number, of `resend` and `unmerge` the number and the act or merge: `20261123-0001 C01@1700000000.000100`. */
export const ACTIONS = {
  claim: 'qiao_claim',
  takeOver: 'qiao_take_over',
  return: 'qiao_return',
  acknowledge: 'qiao_acknowledge',
  phone: 'qiao_phone',
  resend: 'qiao_resend',
  unmerge: 'qiao_unmerge',
  // These open a form.
  reply: 'qiao_reply',
  note: 'qiao_note',
  assign: 'qiao_assign',
  amend: 'qiao_amend',
  resolve: 'qiao_resolve',
  escalate: 'qiao_escalate',
  reopen: 'qiao_reopen',
  merge: 'qiao_merge',
} as const;

/** Every message carries its key under this name, so that it is found again when nobody knows whether it was posted. */
export const EVENT_TYPE = 'qiao';
export type Keyed = Readonly<{ key: string; ticket?: string | undefined; act?: string | undefined }>;
