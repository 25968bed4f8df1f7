import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArticlesError, loadArticles } from '../../knowledge/load';

const source = (id: string, question: string): string =>
  `---\nid: ${id}\ncategory: 试\nquestion: ${question}\nvariants: [${question}呢]\naudience: [parent]\ndepartment: 客服部\nevidence: [G]\nmustMatch: [请问${question}]\nmustNotMatch: [别的]\n---\n答。\n`;

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'articles-'));
  await mkdir(join(dir, '01-one'));
});
afterEach(() => rm(dir, { recursive: true }));

test('articles are read from every folder, a README is not one of them', async () => {
  await writeFile(join(dir, '01-one', 'first.md'), source('first', '怎么开通'));
  await writeFile(join(dir, 'second.md'), source('second', '怎么退订'));
  await writeFile(join(dir, 'README.md'), '# how to write');
  const articles = await loadArticles(dir);
  expect(articles.map(({ id, file }) => [id, file])).toEqual([
    ['first', '01-one/first.md'],
    ['second', 'second.md'],
  ]);
});

test('the problems of all files are named in one error', async () => {
  await writeFile(join(dir, '01-one', 'first.md'), source('first', '怎么开通'));
  await writeFile(join(dir, 'second.md'), source('second', '怎么开通'));
  await writeFile(join(dir, 'third.md'), '没有头');
  const failure = await loadArticles(dir).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ArticlesError);
  expect((failure as ArticlesError).problems.map(({ file }) => file)).toEqual(expect.arrayContaining(['second.md', 'third.md']));
  expect((failure as Error).message).toContain('third.md: has no front matter');
});
