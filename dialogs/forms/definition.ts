/** What a form is: data only. How it is filled is in ../form.ts, what it says in ../copy. */
import type { Copy } from '../copy';
import type { Flag, FormName, Nature, Priority, SlotName } from '../vocabulary';

/**
 * `required`: asked until known. `asked`: asked once when a required field is asked for anyway, may be skipped.
 * `welcome`: never asked, taken when volunteered, shown in form cards.
 */
export type Need = 'required' | 'asked' | 'welcome';
export type Field = Readonly<{ name: SlotName; need: Need; question: keyof Copy['questions'] }>;

export type Form = Readonly<{
  name: FormName;
  title: Readonly<{ zh: string; en: string }>;
  nature: Nature;
  priority: Priority;
  department: string;
  /** Flags every ticket of this form carries. */
  flags: readonly Flag[];
  fields: readonly Field[];
  /** The ticket is opened first and the questions are asked afterwards (P15). */
  ticketFirst: boolean;
  /** Fees are shown and explicit consent is asked before anything is ordered (S0-13). */
  consent: boolean;
  /** Ordered for one child: each child told gets a form of its own. */
  perChild: boolean;
  /** A draft left lying becomes a ticket, so that a person follows up. */
  followUp: boolean;
}>;

/** A form with the common settings, so that each form's file says only what is its own. */
export function defineForm(form: Pick<Form, 'name' | 'title' | 'nature' | 'department' | 'fields'> & Partial<Form>): Form {
  return { priority: 'normal', flags: [], ticketFirst: false, consent: false, perChild: false, followUp: false, ...form };
}

/** Who it is about, as most forms ask it (S4-29). */
export const identity: readonly Field[] = [
  { name: 'school', need: 'required', question: 'school' },
  { name: 'class', need: 'required', question: 'class' },
  { name: 'name', need: 'required', question: 'name' },
];
export const phone: Field = { name: 'phone', need: 'required', question: 'phone' };
export const remark: Field = { name: 'remark', need: 'welcome', question: 'remark' };
