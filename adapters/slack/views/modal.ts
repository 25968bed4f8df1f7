/** The frame of every form in Slack, and what it remembers between opening and sending. Pure. */
import type { types } from '@slack/bolt';
import { z } from 'zod';
import { type Block, cut, quoted, said, section, words } from './said';

/** All forms come back under this name; what they are for stands in what they remember. */
export const FORM = 'qiao_form';

export const FORM_KINDS = ['reply', 'note', 'assign', 'amend', 'resolve', 'escalate', 'reopen', 'merge'] as const;
export type FormKind = (typeof FORM_KINDS)[number];

/** Where the button stood: answers that come too late for the form go there. */
const About = z.object({
  kind: z.enum(FORM_KINDS),
  ticket: z.string().min(1),
  channel: z.string(),
  thread: z.string().optional(),
});
export type About = z.infer<typeof About>;

const TITLE = 24;
const METADATA = 3_000;
const TEXT = 2_800;

export const formTitles: Readonly<Record<FormKind, string>> = {
  reply: '回复客户',
  note: '内部备注',
  assign: '转派',
  amend: '补充资料',
  resolve: '解决',
  escalate: '升级主管',
  reopen: '重新打开',
  merge: '合并客户',
};

const titleOf = ({ kind, ticket }: About): types.PlainTextElement => words(cut(`${formTitles[kind]} ${ticket}`, TITLE));

function remembered(about: About): string {
  const text = JSON.stringify(about);
  if (text.length > METADATA) throw new Error(`A form of Slack remembers at most ${METADATA} characters; take something out of it.`);
  return text;
}

/** What a form remembers; null when it is not ours. */
export function aboutOf(metadata: string): About | null {
  try {
    return About.safeParse(JSON.parse(metadata)).data ?? null;
  } catch {
    return null;
  }
}

export const form = (about: About, submit: string, blocks: readonly Block[]): types.ModalView => ({
  type: 'modal',
  callback_id: FORM,
  title: titleOf(about),
  submit: words(submit),
  close: words('取消'),
  blocks: [...blocks],
  private_metadata: remembered(about),
});

/** Opened at once, as Slack wants it; the form takes its place when the ticket has been read. */
export const loading = (about: About): types.ModalView => ({
  type: 'modal',
  title: titleOf(about),
  close: words('取消'),
  blocks: [section('正在打开…')],
  private_metadata: remembered(about),
});

/** In place of a form that cannot be filled in or was refused: what was written stays in sight, so that nobody writes it twice. */
export const told = (about: About, sentence: string, written = ''): types.ModalView => ({
  type: 'modal',
  title: titleOf(about),
  close: words('关闭'),
  blocks: [section(said(sentence, TEXT)), ...(written.trim() ? [section(`您写的内容：\n${quoted(written, TEXT / 2)}`)] : [])],
  private_metadata: remembered(about),
});
