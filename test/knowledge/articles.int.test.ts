import { join } from 'node:path';
import { checkArticles } from '../../knowledge/check';
import { createKnowledge } from '../../knowledge/index';
import { loadArticles } from '../../knowledge/load';

const articles = loadArticles(join(__dirname, '../../knowledge/articles'));

test('every article is found first by the questions it must match and kept back from those it must not', async () => {
  const errors = checkArticles(await articles).filter(({ severity }) => severity === 'error');
  expect(errors.map(({ article, question, found, message }) => `${article}「${question}」→ ${found}: ${message}`)).toEqual([]);
});

test('all categories are served', async () => {
  expect((await articles).length).toBeGreaterThanOrEqual(150);
  expect(new Set((await articles).map(({ category }) => category)).size).toBe(14);
});

test('no placeholder reaches a customer, with or without settings', async () => {
  for (const settings of [{}, { 'fee.monthly': '6 元' }]) {
    const knowledge = createKnowledge(await articles, { settings });
    for (const { id } of await articles) expect(knowledge.article(id)?.answer).not.toMatch(/[{}|]/);
  }
});
