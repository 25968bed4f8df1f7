/** `qiao gaps`, `learn`, `drafts` and `articles add`: what the desk could not answer, and how people teach it. Nothing is published by itself. */
import { readFile, writeFile } from 'node:fs/promises';
import type { Finding } from '../../knowledge/compare';
import { type Draft, draftFile } from '../learning/drafts';
import type { GapGroup } from '../learning/gaps';
import type { Lesson, Lessons } from '../learning/lessons';
import { print, printJson, type Terminal, UsageError } from './lines';

const SHOWN = 20;
const WORDINGS_SHOWN = 5;

export function gapsCommand(
  terminal: Terminal,
  groups: readonly GapGroup[],
  { json, top }: Readonly<{ json: boolean; top: number }>,
): void {
  const first = groups.slice(0, top);
  if (json) return void printAll(terminal, first);
  if (groups.length === 0) return void print(terminal, '没有未答上的问题 / no unanswered questions');
  for (const { question, count, customers, wordings, reasons, topics } of first) {
    const why = Object.entries(reasons).map(([reason, times]) => `${REASONS[reason] ?? reason} ${times}`);
    print(terminal, `${count} 次 / ${customers} 位  「${question}」  ${[...why, ...topics].join('，')}`);
    for (const wording of wordings.slice(1, WORDINGS_SHOWN)) print(terminal, `        「${wording}」`);
    if (wordings.length > WORDINGS_SHOWN) print(terminal, `        另有 ${wordings.length - WORDINGS_SHOWN} 种说法`);
  }
  if (groups.length > top) print(terminal, `另有 ${groups.length - top} 组，用 --top ${groups.length} 全部列出`);
  print(terminal, '教给服务台 / teach：qiao learn <article> <说法>；先看最接近的文章：qiao ask <说法>');
}

const REASONS: Readonly<Record<string, string>> = {
  none: '没有答案',
  unhelpful: '没帮助',
  'refused-choice': '都不是',
  'left-choice': '没有选',
};

export type LearnOptions = Readonly<{ by: string; dryRun: boolean; json: boolean }>;

/** Resolves to the exit code: 1 when the wording breaks a promise and was not kept. */
export async function learnCommand(
  terminal: Terminal,
  lessons: Pick<Lessons, 'learn'>,
  wording: Readonly<{ article: string; text: string }>,
  { by, dryRun, json }: LearnOptions,
): Promise<number> {
  return tell(terminal, await lessons.learn({ ...wording, by, dryRun }), { json, text: wording.text });
}

export async function forgetCommand(terminal: Terminal, lessons: Pick<Lessons, 'forget'>, text: string): Promise<void> {
  if (!(await lessons.forget(text))) throw new UsageError(`nobody taught "${text}"; wordings in files are changed in the files`);
  print(terminal, `已撤回 / taken back：「${text}」`);
}

/** Resolves to the exit code: 1 when the article breaks a promise and was not published. */
export async function addArticleCommand(
  terminal: Terminal,
  lessons: Pick<Lessons, 'addArticle'>,
  file: string,
  { by, dryRun, json, ticket }: LearnOptions & Readonly<{ ticket?: string }>,
): Promise<number> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new UsageError(`${file} cannot be read: ${cause.message}`);
  });
  return tell(terminal, await lessons.addArticle({ text, by, dryRun, ticket }), { json });
}

export async function withdrawCommand(terminal: Terminal, lessons: Pick<Lessons, 'withdraw'>, id: string): Promise<void> {
  if (!(await lessons.withdraw(id))) throw new UsageError(`no article ${id} was published here`);
  print(terminal, `已撤下 / withdrawn：${id}`);
}

export function draftsCommand(terminal: Terminal, drafts: readonly Draft[], { json }: Readonly<{ json: boolean }>): void {
  if (json) return void printAll(terminal, drafts);
  if (drafts.length === 0) return void print(terminal, '没有可以写成文章的处理结果 / no resolution to make an article of');
  for (const { ticket, question, answer, department, alike } of drafts.slice(0, SHOWN)) {
    const more = alike.length > 0 ? `，相近 ${alike.length} 单` : '';
    print(terminal, `${ticket}  ${department}${more}\n  问：${question}\n  答：${answer.split('\n')[0] ?? ''}`);
  }
  print(terminal, '写成文件再改 / write one out：qiao drafts write <工单号> draft.md，改好后 qiao articles add draft.md');
}

/** An existing file is never written over. */
export async function writeDraftCommand(terminal: Terminal, drafts: readonly Draft[], ticket: string, file: string): Promise<void> {
  const draft = drafts.find((one) => one.ticket === ticket);
  if (!draft) throw new UsageError(`there is no draft of ${ticket}; qiao drafts lists them`);
  try {
    await writeFile(file, draftFile(draft), { flag: 'wx' });
  } catch (cause) {
    throw new UsageError(`${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  print(terminal, `已写入 / written：${file}。改好后发布 / publish it：qiao articles add ${file} --ticket ${ticket}`);
}

export async function dropDraftCommand(terminal: Terminal, lessons: Pick<Lessons, 'dropDraft'>, ticket: string, by: string): Promise<void> {
  await lessons.dropDraft(ticket, by);
  print(terminal, `不再提议 / not proposed again：${ticket}`);
}

function printAll(terminal: Terminal, values: readonly unknown[]): void {
  for (const value of values) printJson(terminal, value);
}

const found = ({ article, decision }: Finding): string => (article === null ? '没有答案' : `${article}（${DECISIONS[decision]}）`);
const DECISIONS: Readonly<Record<Finding['decision'], string>> = { answer: '直接回答', clarify: '请客户选', none: '不答' };

/** Says what a lesson changes; the exit code is 1 when it breaks a promise. */
function tell(terminal: Terminal, lesson: Lesson, { json, text }: Readonly<{ json: boolean; text?: string }>): number {
  if (!lesson.ok) throw new UsageError(lesson.problem);
  const { article, kept, comparison } = lesson;
  const { broken, shifts, asked } = comparison;
  const code = broken.length > 0 ? 1 : 0;
  if (json) {
    printJson(terminal, { article, ...(text !== undefined && { text }), kept, asked, broken, shifts });
    return code;
  }
  for (const { article: other, question, message } of broken) print(terminal, `✗ ${other}  「${question}」 ${message}`);
  for (const { question, before, after } of shifts) print(terminal, `「${question}」 ${found(before)} → ${found(after)}`);
  if (shifts.length === 0) print(terminal, `其他问题的结果都没有变 / nothing else changes（${asked}）`);
  else print(terminal, `${asked} 个问题里 ${shifts.length} 个结果有变 / of ${asked} questions ${shifts.length} find something else`);
  if (broken.length > 0) print(terminal, '有文章因此答错，没有保存 / not kept: it breaks what stands above');
  else print(terminal, kept ? '已保存，正在运行的服务几秒内生效 / kept' : '试算完成，没有保存 / tried only');
  return code;
}
