/** Reads articles and examples from their folders. The only file of knowledge that touches the disk. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type Article, type ArticleProblem, conflicts, parseArticle } from './article';
import { type Examples, INTENTS } from './classify';

/** Articles that cannot be served as they stand. `problems` holds every one found; the message lists them. */
export class ArticlesError extends Error {
  readonly code = 'ARTICLES_INVALID';
  readonly retryable = false;
  readonly problems: readonly ArticleProblem[];
  constructor(problems: readonly ArticleProblem[]) {
    super(['Some articles need mending:', ...problems.map(({ file, problem }) => `  ${file}: ${problem}`)].join('\n'));
    this.name = 'ArticlesError';
    this.problems = problems;
  }
}

/** What stands in the folder: the sound articles in order of their paths, and what is wrong with the others. Throws only when the disk does. */
export async function readArticles(dir: string): Promise<Readonly<{ articles: readonly Article[]; problems: readonly ArticleProblem[] }>> {
  const files = await markdownFiles(dir);
  const parsed = await Promise.all(
    files.map(async (file) => parseArticle(relative(dir, file).split(sep).join('/'), await readFile(file, 'utf8'))),
  );
  const articles = parsed.flatMap(({ article }) => (article ? [article] : []));
  return { articles, problems: [...parsed.flatMap(({ problems }) => problems), ...conflicts(articles)] };
}

/** All articles below `dir`, in order of their paths. Throws `ArticlesError` naming every problem of every file. */
export async function loadArticles(dir: string): Promise<readonly Article[]> {
  const { articles, problems } = await readArticles(dir);
  if (problems.length > 0) throw new ArticlesError(problems);
  return articles;
}

/** What people say for every intent: a file each in `dir`, one utterance a line. Throws when one is missing. */
export async function loadExamples(dir: string): Promise<Examples> {
  const files = await Promise.all(INTENTS.map(async (name) => [name, linesOf(await readFile(join(dir, `${name}.txt`), 'utf8'))] as const));
  return new Map(files);
}

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

async function markdownFiles(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md') && entry.name !== 'README.md')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
