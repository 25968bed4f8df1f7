/** What the page of the simulation and its server say to each other. */

export type Words = Readonly<{ type?: string; text: string }>;
export type Option = Readonly<{ text: Words; value: string }>;
/** A button, menu, select or text field. */
export type Element = Readonly<{
  type: string;
  action_id?: string;
  text?: Words | string;
  value?: string;
  style?: 'primary' | 'danger';
  options?: readonly Option[];
  option_groups?: readonly Readonly<{ label: Words; options: readonly Option[] }>[];
  placeholder?: Words;
  initial_value?: string;
  multiline?: boolean;
}>;
export type Block = Readonly<{
  type: string;
  block_id?: string;
  text?: Words;
  fields?: readonly Words[];
  accessory?: Element;
  elements?: readonly Element[];
  element?: Element;
  label?: Words;
  hint?: Words;
  optional?: boolean;
}>;
export type View = Readonly<{
  id: string;
  type: string;
  hash?: string;
  title?: Words;
  submit?: Words | null;
  close?: Words | null;
  private_metadata?: string;
  blocks: readonly Block[];
}>;

export type Post = Readonly<{
  ts: string;
  user?: string;
  text: string;
  blocks?: readonly Block[];
  reply_count?: number;
  reactions?: readonly Readonly<{ name: string }>[];
}>;
/** What one person alone sees; without a channel it stands on their home tab. */
export type Whisper = Readonly<{
  ts: string;
  user: string;
  channel: string | null;
  thread?: string;
  text: string;
  blocks?: readonly Block[];
}>;

export type Person = Readonly<{ id: string; name: string; about: string }>;
export type Room = Readonly<{ id: string; name: string; about: string }>;
export type Place = Readonly<{ people: readonly Person[]; rooms: readonly Room[]; bot: string }>;
export type Seen = Readonly<{
  posts: readonly Post[];
  thread: readonly Post[];
  whispers: readonly Whisper[];
  form: View | null;
  home: View | null;
}>;

export type Act =
  | Readonly<{ kind: 'write'; user: string; channel: string; thread?: string | undefined; text: string }>
  | Readonly<{ kind: 'press'; user: string; where: Pressed; action: string; value: string }>
  | Readonly<{ kind: 'choose'; user: string; action: string; value: string; values: Readonly<Record<string, string>> }>
  | Readonly<{ kind: 'submit'; user: string; values: Readonly<Record<string, string>> }>
  | Readonly<{ kind: 'dismiss'; user: string }>
  | Readonly<{ kind: 'home'; user: string }>;
/** Under which message, for everybody or for one; on the home tab there is none. */
export type Pressed = Readonly<{ channel: string; ts: string; thread?: string | undefined; private?: boolean | undefined }> | null;
/** How the server answered: 200 is an acknowledgement; errors stand at the fields of a form. */
export type Done = Readonly<{ status: number; errors?: Readonly<Record<string, string>> }>;
