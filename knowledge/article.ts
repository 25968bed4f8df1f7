/** What one FAQ article is: the shape of its front matter, parsed from the text of a file into an `Article` or a list of problems. */
import { parse } from 'yaml';
import { z } from 'zod';
import { brokenPlaceholders } from './answer';
import { bare } from './normalise';

export const AUDIENCES = ['parent', 'teacher', 'admin', 'prospect'] as const;
export type Audience = (typeof AUDIENCES)[number];
export const DEPARTMENTS = [
  '客服部',
  '业务受理组',
  '计费财务组',
  '技术支持部',
  '设备维修组',
  '商务部',
  '培训组',
  '部门主管',
  '学校管理员',
] as const;
/** The forms an article may lead to. The urgent lane is never reached through an article: it is recognised before any search. */
export const ARTICLE_FORMS = [
  'intake',
  'complaint',
  'suggestion',
  'repair',
  'join',
  'change',
  'query',
  'cancel',
  'return',
  'report',
] as const;
export type ArticleForm = (typeof ARTICLE_FORMS)[number];

const line = z.string().trim().min(1, 'is empty; write the text or remove the line');
// A place without daylight saving: a date in an article is a day of China Standard Time.
const day = z.iso.date('is not a date; write it as 2026-09-01').transform((date) => Date.parse(`${date}T00:00:00+08:00`));
const DAY_MS = 86_400_000;

/** The same article for those who write English: found by these questions alone. */
const English = z.strictObject({
  question: line,
  variants: z.array(line).min(3, 'are too few; write three or more ways of asking it in English'),
  mustMatch: z.array(line).min(1, 'is empty; write a question in English that must find this article first'),
  mustNotMatch: z.array(line).min(1, 'is empty; write a near question in English that must not find this article first'),
  answer: line,
});
const FrontMatter = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not an id; use lower-case words joined by hyphens'),
  category: line,
  question: line,
  variants: z.array(line).min(1, 'is empty; write how people really ask this, six or more ways'),
  audience: z.array(z.enum(AUDIENCES)).min(1, 'is empty; name who asks this'),
  department: z.enum(DEPARTMENTS),
  form: z.enum(ARTICLE_FORMS).optional(),
  evidence: z.array(z.enum(['S', 'P', 'G'])).min(1, 'is empty; say where the facts come from'),
  en: English.optional(),
  validFrom: day.optional(),
  validTo: day.transform((start) => start + DAY_MS).optional(),
  mustMatch: z.array(line).min(1, 'is empty; write a question that must find this article first'),
  mustNotMatch: z.array(line).min(1, 'is empty; write a near question that must not find this article first'),
});

/** `validFrom` and `validTo` bound the instants (ms) at which the article may be shown: from ≤ now < to. */
export type Article = Readonly<z.infer<typeof FrontMatter> & { file: string; answer: string }>;
/** What is wrong in which file, and what to do about it. */
export type ArticleProblem = Readonly<{ file: string; problem: string }>;
export type ParsedArticle = Readonly<{ article?: Article; problems: readonly ArticleProblem[] }>;

/** One article out of the text of its file. Every problem is reported, not only the first. */
export function parseArticle(file: string, text: string): ParsedArticle {
  const problems: ArticleProblem[] = [];
  const note = (problem: string): void => void problems.push({ file, problem });
  const parts = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(text.replace(/^\uFEFF/, ''));
  if (!parts) {
    note('has no front matter; begin the file with a line "---", the fields, and another line "---"');
    return { problems };
  }
  const [, head = '', body = ''] = parts;
  let fields: unknown;
  try {
    fields = parse(head);
  } catch (cause) {
    note(`front matter is not YAML; mend it: ${cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)}`);
    return { problems };
  }
  const answer = body.trim();
  if (answer === '') note('has no answer; write it below the front matter');
  for (const broken of brokenPlaceholders(answer)) note(`placeholder ${broken} is broken; write {{key|text when the setting is absent}}`);
  const parsed = FrontMatter.safeParse(fields);
  for (const broken of brokenPlaceholders(parsed.data?.en?.answer ?? ''))
    note(`placeholder ${broken} in en.answer is broken; write {{key|text when the setting is absent}}`);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) note(`${issue.path.join('.') || 'front matter'}: ${issue.message}`);
    return { problems };
  }
  const front = parsed.data;
  for (const problem of oddities(front, file)) note(problem);
  return problems.length > 0 ? { problems } : { article: { ...front, file, answer }, problems };
}

function oddities(front: z.infer<typeof FrontMatter>, file: string): readonly string[] {
  const found: string[] = [];
  const name = file.split(/[\\/]/).at(-1);
  if (name !== `${front.id}.md`) found.push(`id "${front.id}" differs from the file name; rename one of them`);
  const known = new Set<string>();
  for (const text of [front.question, ...front.variants, ...(front.en ? [front.en.question, ...front.en.variants] : [])]) {
    const plain = bare(text);
    if (plain === '') found.push(`"${text}" has no words; write a question`);
    else if (known.has(plain)) found.push(`"${text}" stands twice among question and variants; remove one`);
    known.add(plain);
  }
  for (const text of [...front.mustMatch, ...(front.en?.mustMatch ?? [])]) {
    if (known.has(bare(text))) found.push(`mustMatch "${text}" copies the question or a variant and so proves nothing; word it otherwise`);
  }
  if (front.validFrom !== undefined && front.validTo !== undefined && front.validFrom >= front.validTo) {
    found.push('validTo lies before validFrom; correct the dates');
  }
  return found;
}

/** Problems that only show when all articles are seen together: an id or a question that stands in two of them. */
export function conflicts(articles: readonly Article[]): readonly ArticleProblem[] {
  const problems: ArticleProblem[] = [];
  const ids = new Map<string, string>();
  const questions = new Map<string, Article>();
  for (const article of articles) {
    const { question, variants, en } = article;
    const twin = ids.get(article.id);
    if (twin) problems.push({ file: article.file, problem: `id "${article.id}" is taken by ${twin}; choose another` });
    else ids.set(article.id, article.file);
    for (const text of [question, ...variants, ...(en ? [en.question, ...en.variants] : [])]) {
      const plain = bare(text);
      const other = questions.get(plain);
      if (other && other.file !== article.file) {
        problems.push({ file: article.file, problem: `"${text}" is also asked in ${other.file}; keep it in one of them` });
      } else questions.set(plain, article);
    }
  }
  return problems;
}
