/** What the desk says. */
import type { FormName, SlotName } from './form';
import type { Attachment } from './message';

/** `said` options (取消, 跳过) come last, are answered by their word, and no number ever means them. */
export type Option = Readonly<{ value: string; label: string; said?: true }>;

/** `wrong` is what was typed into the field of a card and not taken, and why. */
export type FieldPrompt = Readonly<{
  name: SlotName;
  label: string;
  required: boolean;
  value?: string;
  hint?: string;
  wrong?: Readonly<{ value: string; reason: string }>;
}>;

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
    }>
  /** A file from an agent; `text` names it where only words can be shown. */
  | Readonly<{ kind: 'file'; text: string; attachment: Attachment; from: string; options?: never }>;
