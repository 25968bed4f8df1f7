/** What the desk could not answer, and how people teach it, on a store in memory and the articles that come with the program. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { createKnowledge } from '../../knowledge/index';
import { loadArticles } from '../../knowledge/load';
import { ARTICLES } from '../../src/assemble';
import { addArticleCommand, draftsCommand, forgetCommand, gapsCommand, learnCommand, writeDraftCommand } from '../../src/cli/learning';
import { createAlike } from '../../src/learning/alike';
import { proposedDrafts } from '../../src/learning/drafts';
import { createFollowing } from '../../src/learning/follow';
import { groupedGaps } from '../../src/learning/gaps';
import { writtenIn } from '../../src/learning/language';
import { createLessons } from '../../src/learning/lessons';
import { lessonsSoFar, taughtBase } from '../../src/learning/taught';
import { tryArticle } from '../../src/learning/teach';
import { createLog } from '../../src/log';
import { createEmbeddedStore } from '../../src/store/embedded';
import { anyTicket } from '../support/anyTicket';

const at = new Date('2026-11-23T10:00:00+08:00');
/** A part of them, which is enough and tried in a moment. */
const shipped = loadArticles(ARTICLES).then((articles) => articles.filter(({ id }) => /^(card|fee|device)-/.test(id)));
const asLi = { by: '李老师', dryRun: false, json: false };
const never = () => false;

async function desk() {
  const store = await createEmbeddedStore({ memory: true });
  const output = new PassThrough().setEncoding('utf8');
  const terminal = { input: new PassThrough(), output, error: new PassThrough() };
  const gap = (n: number, question: string, conversation = `web:chat:${n}`) =>
    store.gaps.insert({ _id: `g${n}`, question, reason: 'none', conversation, at: new Date(at.getTime() + n) });
  const teaching = { store, shipped: await shipped };
  const lessons = createLessons({ ...teaching, options: {}, now: () => at.getTime() });
  return { store, terminal, said: (): string => output.read() ?? '', teaching, lessons, gap };
}

const answering = async (teaching: Awaited<ReturnType<typeof desk>>['teaching']) =>
  createKnowledge((await taughtBase(teaching.store, teaching.shipped)).articles);

const meal = (question: string, mustMatch: string): string => `---
id: meal-card
category: 校园卡
question: ${question}
variants:
  - 饭卡没钱了怎么充
  - 食堂吃饭的钱在哪里交
audience: [parent]
department: 客服部
evidence: [S]
mustMatch:
  - ${mustMatch}
mustNotMatch:
  - 学生卡丢了怎么办
---
请在客户端「食堂」里充值。
`;

describe('questions the desk could not answer', () => {
  test('those that ask the same stand together, the most asked first, each with how many customers ask', async () => {
    const { store, terminal, said, gap } = await desk();
    await gap(1, '食堂的饭卡怎么充值');
    await gap(2, '学校有没有校车');
    await gap(3, '饭卡在哪里充值', 'web:chat:1');
    await gap(4, '饭卡怎么充值呀');
    const groups = await groupedGaps(store, createAlike(await shipped));
    expect(groups.map(({ count, customers, wordings }) => [count, customers, wordings.length])).toEqual([
      [3, 2, 3],
      [1, 1, 1],
    ]);
    gapsCommand(terminal, groups, { json: false, top: 20 });
    expect(said()).toMatch(/^3 次 \/ 2 位 {2}「饭卡怎么充值呀」/);
  });

  test('what is answered by now, and what is too long ago, is not listed', async () => {
    const { store, gap } = await desk();
    await gap(1, '食堂的饭卡怎么充值');
    await gap(2, '学生卡丢了怎么办');
    const known = await groupedGaps(store, createAlike(await shipped), { isKnown: (question) => question.startsWith('学生卡') });
    expect(known.map(({ question }) => question)).toEqual(['食堂的饭卡怎么充值']);
    expect(await groupedGaps(store, createAlike(await shipped), { since: new Date(at.getTime() + 1_000) })).toEqual([]);
  });

  test('an empty list says so', async () => {
    const { terminal, said } = await desk();
    gapsCommand(terminal, [], { json: false, top: 20 });
    expect(said()).toContain('没有未答上的问题');
  });
});

describe('teaching a wording', () => {
  const wording = '娃脖子上吊的那牌牌没影了';

  test('it is kept once no promise breaks, and a running desk answers by it', async () => {
    const { store, terminal, said, teaching, lessons } = await desk();
    const knowledge = createKnowledge(teaching.shipped);
    const { look } = createFollowing({ ...teaching, knowledge, since: await lessonsSoFar(store), log: createLog('silent') });
    expect(knowledge.ask(wording).decision).not.toBe('answer');
    expect(await learnCommand(terminal, lessons, { article: 'card-lost', text: wording }, asLi)).toBe(0);
    expect(said()).toContain('已保存');
    await look();
    expect(knowledge.ask(wording)).toMatchObject({
      decision: 'answer',
      hits: expect.arrayContaining([expect.objectContaining({ article: 'card-lost' })]),
    });
    expect(await store.variants.find({})).toMatchObject([{ article: 'card-lost', by: '李老师', text: wording }]);
    await forgetCommand(terminal, lessons, wording);
    await look();
    expect(knowledge.ask(wording).decision).not.toBe('answer');
  });

  test('it is shown which logged questions find something else then', async () => {
    const { terminal, said, gap, lessons } = await desk();
    await gap(1, '脖子上吊的牌牌没影了');
    await learnCommand(terminal, lessons, { article: 'card-lost', text: wording }, { ...asLi, dryRun: true });
    expect(said()).toMatch(/「脖子上吊的牌牌没影了」 .+ → card-lost/);
  });

  test('a trial keeps nothing', async () => {
    const { store, terminal, said, lessons } = await desk();
    await learnCommand(terminal, lessons, { article: 'card-lost', text: wording }, { ...asLi, dryRun: true });
    expect([await store.variants.count({}), said()]).toEqual([0, expect.stringContaining('没有保存')]);
  });

  test('one that breaks what another article promises is refused and names it', async () => {
    const { store, terminal, said, teaching, lessons } = await desk();
    const [promise = ''] = teaching.shipped.find(({ id }) => id === 'card-lost')?.mustMatch ?? [];
    expect(await learnCommand(terminal, lessons, { article: 'fee-standard', text: promise }, asLi)).toBe(1);
    expect(said()).toMatch(/✗ card-lost .*\n[\s\S]*没有保存/);
    expect(await store.variants.count({})).toBe(0);
  });

  test('one that is some article’s already, or for an article that is not there, is refused with what to do', async () => {
    const { terminal, lessons } = await desk();
    const learn = (article: string, text: string) => learnCommand(terminal, lessons, { article, text }, asLi);
    await expect(learn('card-lost', '学生卡丢了怎么办')).rejects.toThrow('already');
    await expect(learn('no-such', wording)).rejects.toThrow('there is no article no-such');
    await expect(learn('card-lost', '？？')).rejects.toThrow('no words');
    await expect(forgetCommand(terminal, lessons, wording)).rejects.toThrow('nobody taught');
  });
});

describe('teaching in English', () => {
  const wording = 'grandma cannot find the plastic badge';

  test('an English wording is found by those who write English, and a question it answers is no gap any more', async () => {
    const { store, terminal, teaching, lessons, gap } = await desk();
    const knowledge = createKnowledge(teaching.shipped);
    const { look } = createFollowing({ ...teaching, knowledge, since: await lessonsSoFar(store), log: createLog('silent') });
    await gap(1, wording);
    expect((await lessons.gaps(new Date(0))).map(({ question }) => question)).toEqual([wording]);
    expect(await learnCommand(terminal, lessons, { article: 'card-lost', text: wording }, asLi)).toBe(0);
    await look();
    expect(knowledge.ask(wording, { language: 'en' })).toMatchObject({
      decision: 'answer',
      hits: expect.arrayContaining([expect.objectContaining({ article: 'card-lost' })]),
    });
    expect(await lessons.gaps(new Date(0))).toEqual([]);
  });

  test('one that breaks an English promise is refused, pinyin is taught as Chinese', async () => {
    const { terminal, said, teaching, lessons } = await desk();
    const [promise = ''] = teaching.shipped.find(({ id }) => id === 'card-lost')?.en?.mustMatch ?? [];
    expect(await learnCommand(terminal, lessons, { article: 'fee-standard', text: promise }, asLi)).toBe(1);
    expect(said()).toMatch(/✗ card-lost .*\n[\s\S]*没有保存/);
    expect(['lost card', 'tuiding xiaoxuntong', '卡丢了', 'vpn'].map(writtenIn)).toEqual(['en', 'zh', 'zh', 'en']);
  });
});

describe('publishing an article', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qiao-learning-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('a new article is answered from once a person added it', async () => {
    const { terminal, teaching, lessons } = await desk();
    const file = join(folder, 'meal-card.md');
    await writeFile(file, meal('饭卡怎么充值？', '饭卡里没有余额了去哪儿充'));
    expect(await addArticleCommand(terminal, lessons, file, asLi)).toBe(0);
    expect((await answering(teaching)).ask('饭卡怎么充值')).toMatchObject({
      decision: 'answer',
      hits: expect.arrayContaining([expect.objectContaining({ article: 'meal-card' })]),
    });
  });

  test('one that breaks its own promise, or that is no article, is refused', async () => {
    const { teaching } = await desk();
    const broken = await tryArticle(teaching, meal('饭卡怎么充值？', '考勤机黑屏了'));
    expect(broken.ok && broken.comparison.broken).toMatchObject([{ article: 'meal-card', question: '考勤机黑屏了' }]);
    expect(await tryArticle(teaching, '饭卡请去食堂充')).toMatchObject({ ok: false, problem: expect.stringContaining('front matter') });
  });

  test('what agents found out is proposed, nothing of the customer in it, and near-duplicates only once', async () => {
    const { store, terminal, said } = await desk();
    const slot = (value: string) => ({ raw: value, value });
    const resolved = (number: string, issue: string, result: string) =>
      store.tickets.insert({
        ...anyTicket({ _id: number, key: number, createdAt: at }),
        slots: { name: slot('王小明'), issue: slot(issue) },
        result,
        resolvedAt: at,
      });
    await resolved('20261123-0001', '王小明的饭卡怎么充值', '请王小明家长在客户端「食堂」里充值，有问题打13800138000。');
    await resolved('20261123-0002', '饭卡怎么充值呀', '在客户端「食堂」里充值即可，实时到账。');
    await resolved('20261123-0003', '学校有没有校车', '已告知。');
    const drafts = await proposedDrafts(store, never, createAlike(await shipped));
    expect(drafts).toHaveLength(1);
    expect(JSON.stringify(drafts)).not.toMatch(/王小明|13800138000/);
    expect(drafts[0]?.alike).toHaveLength(1);
    draftsCommand(terminal, drafts, { json: false });
    expect(said()).toContain('饭卡怎么充值');
    expect(await proposedDrafts(store, (question) => question.includes('饭卡'), createAlike(await shipped))).toEqual([]);
  });

  test('a draft is written out for a person to finish; an existing file is never written over, and one published is not proposed again', async () => {
    const { store, terminal, teaching, lessons } = await desk();
    const result = '在客户端「食堂」里充值即可，实时到账。';
    await store.tickets.insert({
      ...anyTicket({ _id: '20261123-0002', createdAt: at }),
      slots: { issue: { raw: '', value: '饭卡怎么充值' } },
      result,
    });
    const file = join(folder, 'draft.md');
    await writeDraftCommand(terminal, await proposedDrafts(store, never, createAlike(await shipped)), '20261123-0002', file);
    expect(await readFile(file, 'utf8')).toContain(result);
    await expect(
      writeDraftCommand(terminal, await proposedDrafts(store, never, createAlike(await shipped)), '20261123-0002', file),
    ).rejects.toThrow('cannot be written');
    expect(await tryArticle(teaching, await readFile(file, 'utf8'))).toMatchObject({ ok: false });
    await writeFile(file, meal('饭卡怎么充值？', '饭卡里没有余额了去哪儿充'));
    await addArticleCommand(terminal, lessons, file, { ...asLi, ticket: '20261123-0002' });
    expect(await proposedDrafts(store, never, createAlike(await shipped))).toEqual([]);
  });
});
