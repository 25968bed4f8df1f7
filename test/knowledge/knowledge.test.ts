import type { Hit as VocabularyHit } from '../../dialogs/vocabulary';
import type { Article } from '../../knowledge/article';
import { checkArticles } from '../../knowledge/check';
import { createKnowledge, type Hit } from '../../knowledge/index';

const article = (changes: Partial<Article> & Pick<Article, 'id' | 'question'>): Article => ({
  file: `${changes.id}.md`,
  category: '试',
  variants: [],
  audience: ['parent'],
  department: '客服部',
  evidence: ['G'],
  mustMatch: [],
  mustNotMatch: [],
  answer: '答。',
  ...changes,
});
const fee = article({
  id: 'fee-monthly',
  question: '每月收费多少?',
  variants: ['一个月多少钱', '月租是多少'],
  answer: '每月{{fee.monthly|按当地资费}}。\n- 热线:{{hotline|以公布为准}}',
  department: '计费财务组',
  form: 'query',
});
const lost = article({ id: 'card-lost', question: '学生卡丢了怎么办?', variants: ['卡掉了怎么补'] });

test('an answer carries the settings of the place, and its own words where none is set', () => {
  const text = (settings: Record<string, string>) => createKnowledge([fee, lost], { settings }).ask('一个月多少钱').hits[0]?.answer;
  expect(text({ 'fee.monthly': '6 元' })).toBe('每月6 元。\n- 热线:以公布为准');
  expect(text({ 'fee.monthly': ' ', hotline: '10086' })).toBe('每月按当地资费。\n- 热线:10086');
});

test('a hit is what the dialogs understand by one', () => {
  const { decision, hits } = createKnowledge([fee, lost]).ask('一个月多少钱', { k: 1 });
  const understood: readonly VocabularyHit[] = hits;
  expect(decision).toBe('answer');
  expect(understood).toEqual([
    {
      article: 'fee-monthly',
      title: '每月收费多少?',
      answer: '每月按当地资费。\n- 热线:以公布为准',
      score: expect.closeTo(1, 5),
      department: '计费财务组',
      version: expect.stringMatching(/^[0-9a-f]{8}$/),
      form: 'query',
    } satisfies Hit,
  ]);
});

test('an article is shown from its first day to its last and never outside', () => {
  const dated = article({ id: 'promo', question: '开学优惠有哪些?', validFrom: 1_000, validTo: 2_000 });
  const knowledge = createKnowledge([dated, fee]);
  const found = (at: number) => knowledge.ask('开学优惠有哪些', { at }).hits.some((hit) => hit.article === 'promo');
  expect([999, 1_000, 1_999, 2_000].map(found)).toEqual([false, true, true, false]);
});

test('who asks tips the scale between equals but shuts nobody out', () => {
  const parent = article({ id: 'p', question: '家长密码忘了', audience: ['parent'] });
  const teacher = article({ id: 't', question: '教师密码忘了', audience: ['teacher'] });
  const knowledge = createKnowledge([parent, teacher, lost]);
  expect(knowledge.ask('密码忘了', { audience: 'teacher' }).hits[0]?.article).toBe('t');
  expect(knowledge.ask('密码忘了', { audience: 'parent' }).hits[0]?.article).toBe('p');
  expect(knowledge.ask('家长密码忘了', { audience: 'teacher' }).hits[0]?.article).toBe('p');
});

test('an article is also found by its id', () => {
  const knowledge = createKnowledge([fee, lost]);
  expect(knowledge.article('card-lost')?.title).toBe('学生卡丢了怎么办?');
  expect(knowledge.article('nowhere')).toBeNull();
  expect(knowledge.articles()).toHaveLength(2);
});

test('the check names the article and the question that broke, and what came first instead', () => {
  const broken = { ...fee, mustMatch: ['卡掉了多少钱补'], mustNotMatch: ['一个月要多少钱'] };
  const errors = checkArticles([broken, lost]).filter(({ severity }) => severity === 'error');
  expect(errors).toEqual([
    expect.objectContaining({ article: 'fee-monthly', question: '卡掉了多少钱补', found: 'card-lost' }),
    expect.objectContaining({ article: 'fee-monthly', question: '一个月要多少钱', found: 'fee-monthly' }),
  ]);
});

test('the check is silent when every article keeps its promises', () => {
  expect(checkArticles([{ ...fee, mustMatch: ['月租多少钱一个月'], mustNotMatch: ['学生卡丢了'] }, lost])).toEqual([]);
});

test('the check warns of two articles that ask nearly the same', () => {
  const again = article({ id: 'card-missing', question: '学生卡丢失了怎么办?' });
  expect(checkArticles([lost, again, fee])).toContainEqual(
    expect.objectContaining({ severity: 'warning', article: 'card-missing', found: 'card-lost' }),
  );
});

test('an article that is changed while the desk runs is answered in its new words, one taken out not at all', () => {
  const knowledge = createKnowledge([fee, lost]);
  knowledge.put([{ ...lost, answer: '请先在客户端挂失。' }]);
  expect(knowledge.ask(lost.question).hits[0]?.answer).toBe('请先在客户端挂失。');
  knowledge.remove(lost.id);
  expect([knowledge.article(lost.id), knowledge.ask(lost.question).hits.map(({ article }) => article)]).toEqual([
    null,
    expect.not.arrayContaining([lost.id]),
  ]);
});
