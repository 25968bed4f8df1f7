/** What a form asks for and what was told. */

/** Every piece of information a form may ask for. The first six are the intake fields (S4-29). */
export const SLOT_NAMES = [
  'school',
  'class',
  'name',
  'phone',
  'issue',
  'remark',
  'newPhone',
  'relation',
  'place',
  'device',
  'since',
  'recipients',
  'eventTime',
  'item',
  'against',
  'reason',
] as const;
export type SlotName = (typeof SLOT_NAMES)[number];

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
