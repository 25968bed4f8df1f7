/** Fragments after an article of ours, and the article they are about. */
import { join } from 'node:path';
import { createKnowledge } from '../../knowledge/index';
import { loadArticles } from '../../knowledge/load';

const knowledge = loadArticles(join(__dirname, '../../knowledge/articles')).then((articles) => createKnowledge(articles));

test.each([
  ['join-how', '那取消呢?', 'cancel-how'],
  ['card-lost', '那多少钱', 'card-reissue-fee'],
  ['papp-forgot-pwd', '那老师的呢', 'tacc-forgot-pwd'],
  ['tacc-forgot-pwd', '家长呢?', 'papp-forgot-pwd'],
  ['cancel-how', '那钱能退吗', 'cancel-refund-rest'],
  ['join-how', '那要多久', 'join-effective-time'],
  ['card-lost', '要多少钱', 'card-reissue-fee'],
  ['card-lost', '多久能拿到', 'card-reissue-time'],
  ['fphone-set', '要钱吗', 'fphone-fee'],
  ['join-how', '多少钱', 'fee-standard'],
])('after %s, 「%s」 finds %s', async (topic, text, id) => {
  const { decision, hits } = (await knowledge).ask(text, { topic });
  expect(hits[0]?.article).toBe(id);
  expect(decision).not.toBe('none');
});

test('without a topic, or with one that is gone, a fragment is asked as it stands', async () => {
  const { ask } = await knowledge;
  expect(ask('那多少钱', { topic: 'nowhere' })).toEqual(ask('那多少钱'));
});
