/** Teaching over HTTP, and the same commands over it: a store in memory and a part of the articles that come with the program. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createKnowledge } from '../../knowledge/index';
import { loadArticles } from '../../knowledge/load';
import { requireSupervisor } from '../../src/api/auth';
import { lessonRoutes } from '../../src/api/lessons';
import { ARTICLES } from '../../src/assemble';
import { remoteLessons } from '../../src/cli/remoteLessons';
import { createFollowing } from '../../src/learning/follow';
import { createLessons, oneAtATime } from '../../src/learning/lessons';
import { createPace } from '../../src/learning/pace';
import { createLog } from '../../src/log';
import { createEmbeddedStore } from '../../src/store/embedded';
import type { Store } from '../../src/store/store';
import { anyTicket } from '../support/anyTicket';

const at = new Date('2026-11-23T10:00:00+08:00');
const token = 'token of commands on this machine';
const wording = '娃脖子上吊的那牌牌没影了';
const shipped = loadArticles(ARTICLES).then((articles) => articles.filter(({ id }) => /^card-/.test(id)));

describe('teaching a desk while it answers', () => {
  let store: Store;
  let server: Server;
  let url: string;
  let knowledge: ReturnType<typeof createKnowledge>;
  let supervisor: string | null = null;
  beforeEach(async () => {
    supervisor = null;
    store = await createEmbeddedStore({ memory: true });
    knowledge = createKnowledge(await shipped);
    const base = { store, shipped: await shipped };
    const { look } = createFollowing({ ...base, knowledge, since: 0, log: createLog('silent') });
    const now = () => at.getTime();
    const lessons = createLessons({ ...base, options: {}, now, pause: createPace(() => performance.now()), changed: look });
    const guard = [requireSupervisor(['API token', token], async () => supervisor)];
    server = createServer(express().use('/api/knowledge', lessonRoutes({ lessons: oneAtATime(lessons), guard, now })));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await new Promise((done) => server.close(done));
    await store.close();
  });

  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = { authorization: 'Bearer API token' }) =>
    fetch(`${url}/api/knowledge${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const remote = () => remoteLessons({ url, token }, () => at.getTime());
  const taught = { article: 'card-lost', text: wording, by: '李老师', dryRun: false };

  test('what is taught is answered by in the same moment, and no longer once it is taken back', async () => {
    expect(knowledge.ask(wording).decision).not.toBe('answer');
    expect(await remote().learn({ ...taught, dryRun: true })).toMatchObject({ ok: true, kept: false });
    expect(knowledge.ask(wording).decision).not.toBe('answer');
    expect(await remote().learn(taught)).toMatchObject({ ok: true, kept: true, comparison: { broken: [] } });
    expect(knowledge.ask(wording)).toMatchObject({
      decision: 'answer',
      hits: [{ article: 'card-lost' }, ...knowledge.ask(wording).hits.slice(1)],
    });
    const { articles } = await remote().known();
    expect(articles.find(({ id }) => id === 'card-lost')?.variants).toContain(wording);
    expect([await remote().forget(wording), await remote().forget(wording)]).toEqual([true, false]);
    expect(knowledge.ask(wording).decision).not.toBe('answer');
  });

  test('an article is published and withdrawn by a person, never when it breaks a promise', async () => {
    const article = (mustMatch: string) => `---
id: meal-card
category: 校园卡
question: 饭卡怎么充值？
variants: [饭卡没钱了怎么充]
audience: [parent]
department: 客服部
evidence: [S]
mustMatch: [${mustMatch}]
mustNotMatch: [学生卡丢了怎么办]
---
请在客户端「食堂」里充值。
`;
    const given = { by: '王主任', dryRun: false };
    expect(await remote().addArticle({ ...given, text: article('学生卡刷了没反应') })).toMatchObject({ ok: true, kept: false });
    expect(await remote().addArticle({ ...given, text: '饭卡请去食堂充' })).toMatchObject({ ok: false });
    const text = article('饭卡里没有余额了去哪儿充');
    expect(await remote().addArticle({ ...given, text, ticket: '20261123-0001' })).toMatchObject({
      ok: true,
      article: 'meal-card',
      kept: true,
    });
    expect(knowledge.ask('饭卡怎么充值').hits[0]?.article).toBe('meal-card');
    expect(await store.drafts.get('20261123-0001')).toMatchObject({ decision: 'published', by: '王主任' });
    expect([await remote().withdraw('meal-card'), await remote().withdraw('meal-card')]).toEqual([true, false]);
    expect(knowledge.article('meal-card')).toBeNull();
  });

  test('gaps and drafts come as they are in the store, with their hours', async () => {
    await store.gaps.insert({ _id: 'g1', question: '学校有没有校车', reason: 'none', conversation: 'web:chat:1', at });
    await store.gaps.insert({
      _id: 'g2',
      question: '食堂几点开',
      reason: 'none',
      conversation: 'web:chat:1',
      at: new Date(at.getTime() - 8 * 86_400_000),
    });
    const gaps = await remote().gaps(new Date(at.getTime() - 7 * 86_400_000));
    expect(gaps).toMatchObject([{ question: '学校有没有校车', count: 1, last: at }]);
    const slots = { issue: { raw: '', value: '饭卡怎么充值' } };
    await store.tickets.insert({
      ...anyTicket({ _id: '20261123-0002', createdAt: at }),
      slots,
      result: '在客户端「食堂」里充值即可，实时到账。',
    });
    expect(await remote().drafts()).toMatchObject([{ ticket: '20261123-0002', question: '饭卡怎么充值', at: expect.any(Date) }]);
    await remote().dropDraft('20261123-0002', '李老师');
    expect(await remote().drafts()).toEqual([]);
  });

  test('nobody but the bearer of a token or a supervisor may look or teach; a supervisor signs with their own name', async () => {
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/gaps'],
      ['POST', '/variants'],
      ['DELETE', '/articles/x'],
    ] as const)
      expect((await ask(method, path, method === 'POST' ? taught : undefined, { authorization: 'Bearer guess' })).status).toBe(401);
    supervisor = '王主任';
    expect((await ask('POST', '/variants', taught, {})).status).toBe(200);
    expect(await store.variants.find({})).toMatchObject([{ by: '王主任' }]);
  });

  test.each([
    ['POST', '/variants', { article: 'card-lost', text: ' ', by: '李老师' }, 400, 'act-invalid'],
    ['POST', '/variants', { article: 'no-such', text: wording, by: '李老师' }, 409, 'lesson-refused'],
    ['DELETE', '/variants?text=x', undefined, 404, 'lesson-unknown'],
    ['GET', '/gaps?days=many', undefined, 400, 'query-invalid'],
  ])('%s %s that cannot be is refused with a code', async (method, path, body, status, code) => {
    const response = await ask(method, path, body);
    expect([response.status, (await response.json()).error.code]).toEqual([status, code]);
    expect(await store.variants.count({})).toBe(0);
  });

  test('a command says so when the server it was told of is not there', async () => {
    const gone = remoteLessons({ url: 'http://127.0.0.1:9', token });
    await expect(gone.forget(wording)).rejects.toThrow('does not answer');
  });
});
