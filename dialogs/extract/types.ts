/** What extraction hands to the engine: slots found, fields refused or rejected, and why. */
import type { Instant, SchoolMatch, Slot, SlotName, Slots } from '../vocabulary';

/**
 * `asked` is the field the desk asked for last; `schools` are directory entries found in the text, best first; `phone` is the number
 * told before, which 「最后两位是17」 puts right.
 */
export type ExtractContext = Readonly<{
  asked?: SlotName;
  schools: readonly SchoolMatch[];
  directory: boolean;
  at: Instant;
  phone?: string;
}>;

export type RejectionCode =
  | 'phoneTooShort'
  | 'phoneTooLong'
  | 'phoneBadPrefix'
  | 'phoneNoAreaCode'
  | 'phoneMasked'
  | 'phoneMissing'
  | 'classUnclear'
  | 'classIncomplete'
  | 'schoolUnclear'
  | 'schoolAmbiguous'
  | 'nameUnclear'
  | 'relationUnclear'
  | 'tooShort'
  | 'tooLong';
/** Something meant for a field that cannot stand there; `raw` is what the customer wrote. */
export type Rejection = Readonly<{ raw: string; code: RejectionCode }>;

export type Extraction = Readonly<{
  slots: Slots;
  rejected: Readonly<Partial<Record<SlotName, Rejection>>>;
  /** More than one when several schools of the directory answer equally well to what was written. */
  schoolChoices: readonly string[];
  /** 不想说 / 不方便 / 保密 */
  refused: boolean;
  /** 不知道 / 不清楚 / 没有 */
  unknown: boolean;
  /** Other pupils of the same message, each with the class told beside the name. */
  another?: readonly Readonly<{ name: string; class: string }>[];
}>;

export type Validation = Readonly<{ ok: true; slot: Slot }> | Readonly<{ ok: false; rejection: Rejection }>;

/** A place in the text and the canonical value read there. */
export type Span = Readonly<{ start: number; end: number; value: string }>;
