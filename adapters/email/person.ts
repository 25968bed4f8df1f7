/** What is remembered of one sender: the mails that answers go to, what was sent under which key, and what they must still be told. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { amend, type Notebook } from '../notebook';

const MAILS_AT_MOST = 30;
const SENT_AT_MOST = 60;
const PICTURES_AT_MOST = 30;
const OWED_AT_MOST = 30;
/** Of so many of our last mails the lines are known, to tell them from what was written into a quotation. */
const LINES_OF_LAST = 3;
const LINES_AT_MOST = 120;

const Person = z.object({
  /** Theirs, oldest first. */
  mails: z.array(
    z.object({ id: z.string(), messageId: z.string(), references: z.array(z.string()), subject: z.string(), thread: z.string() }),
  ),
  /** Ours, oldest first. `bot`: nobody of ours wrote it. */
  sent: z.array(
    z.object({ key: z.string(), effect: z.string(), thread: z.string(), at: z.number(), bot: z.boolean(), lines: z.array(z.string()) }),
  ),
  /** Files that were not kept, to be named in the next mail. */
  owed: z.array(z.object({ name: z.string(), why: z.string() })),
  /** Addresses of the pictures that stood within their texts, and the mail in which each stood first. */
  pictures: z.array(z.union([z.object({ url: z.string(), mail: z.string() }), z.string().transform((url) => ({ url, mail: '' }))])),
});
export type Person = Readonly<z.infer<typeof Person>>;
export type TheirMail = Readonly<Omit<Person['mails'][number], 'references'>> & Readonly<{ references: readonly string[] }>;

const STRANGER: Person = { mails: [], sent: [], owed: [], pictures: [] };
const parsed = (value: unknown): Person => Person.safeParse(value).data ?? STRANGER;

export type People = Readonly<{
  of(account: string, address: string): Promise<Person>;
  amend(account: string, address: string, change: (person: Person) => Person): Promise<void>;
}>;

/** `answersPerHour`: of what was sent at least so much is remembered, or nobody could say that it is enough. */
export function createPeople(notebook: Notebook, answersPerHour: number): People {
  const keyOf = (account: string, address: string): string => `person:${account}:${address}`;
  return {
    of: async (account, address) => parsed((await notebook.read(keyOf(account, address)))?.value),
    amend: async (account, address, change) => {
      await amend(notebook, keyOf(account, address), (value) => bounded(change(parsed(value)), SENT_AT_MOST + answersPerHour));
    },
  };
}

function bounded({ mails, sent, owed, pictures }: Person, sentAtMost: number): Person {
  const kept = sent.slice(-sentAtMost);
  return {
    mails: mails.slice(-MAILS_AT_MOST),
    sent: kept.map((one, at) => (at >= kept.length - LINES_OF_LAST || one.lines.length === 0 ? one : { ...one, lines: [] })),
    owed: owed.slice(-OWED_AT_MOST),
    pictures: pictures.slice(-PICTURES_AT_MOST),
  };
}

/** Lines are remembered by a mark, not by their words. */
const markOf = (line: string): string => createHash('sha256').update(line.replace(/\s+/g, '')).digest('base64url').slice(0, 8);
export const marksOf = (text: string): string[] =>
  [
    ...new Set(
      text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(markOf),
    ),
  ].slice(0, LINES_AT_MOST);

export function ourLines({ sent }: Person): (line: string) => boolean {
  const marks = new Set(sent.flatMap(({ lines }) => lines));
  return (line) => marks.has(markOf(line));
}
