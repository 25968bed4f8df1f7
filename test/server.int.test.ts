import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Router } from 'express';
import type { AgentEvent } from '../adapters/desk';
import { callFigures } from '../src/calls/figures';
import type { Audit, Conversations } from '../src/conversation/conversations';
import type { DeskHealth } from '../src/desk/health';
import { createLog } from '../src/log';
import { createMetrics } from '../src/metrics';
import { createServer } from '../src/server';
import { StoreError } from '../src/store/collection';
import type { TicketDoc } from '../src/store/documents';
import { createEmbeddedStore } from '../src/store/embedded';
import type { Store } from '../src/store/store';
import { noCalls } from './support/noCalls';

const token = 'a token of sixteen or more';
const quiet: Audit = {
  accepted: 3,
  answered: 3,
  queued: 0,
  merged: 0,
  deadLettered: 0,
  aside: 0,
  pending: 0,
  lost: 0,
  lostIds: [],
  outboxAgeMs: 0,
  deadLetters: 0,
};
const desk: DeskHealth = { untold: 2, untoldAgeMs: 90_000, openNotices: 1, waiting: 3, overdue: 4 };
const ticket = (number: string, issue: string): TicketDoc => ({
  _id: number,
  key: `effect-${number}`,
  version: 0,
  conversation: 'web:default:v1',
  channel: 'web',
  form: 'intake',
  nature: '咨询',
  status: 'open',
  priority: 'normal',
  department: '客服部',
  slots: { school: { raw: '实小', value: '实验小学' }, issue: { raw: issue, value: issue } },
  flags: [],
  handoff: false,
  assignee: null,
  assigneeName: null,
  firstOwner: null,
  firstOwnerName: null,
  boards: {},
  deskAt: null,
  relay: null,
  events: [],
  createdAt: new Date('2026-11-20T02:00:00Z'),
  updatedAt: new Date('2026-11-20T02:00:00Z'),
  dueAt: new Date('2026-11-20T10:00:00Z'),
});

describe('the HTTP face', () => {
  let store: Store;
  let server: Server;
  let url: string;
  let audit: Audit = quiet;
  let unrewritten: readonly string[] = [];
  const acts: AgentEvent[] = [];

  beforeAll(async () => {
    store = await createEmbeddedStore({ memory: true });
    await store.tickets.insert(ticket('20261120-0001', '=收不到短信'));
    const conversations = {
      audit: async () => audit,
      async deliver(act: AgentEvent) {
        acts.push(act);
        return act.agent === 'wang'
          ? { kind: 'refused', reason: 'held', message: 'Ticket 20261120-0001 is held by 李老师.' }
          : { kind: 'accepted', id: act.id, conversation: 'web:default:v1', duplicate: false };
      },
    } as unknown as Conversations;
    const broken = Router();
    broken.get('/boom', () => {
      throw new Error('a secret of the inside');
    });
    broken.get('/store-away', () => {
      throw new StoreError('unreachable', 'connection refused', { retryable: true });
    });
    const app = createServer({
      store: { ...store, ping: async () => ({ unrewritten }) },
      conversations,
      office: { candidates: async () => ({ kind: 'refused', reason: 'held', message: 'no' }), elsewhere: async () => null },
      calls: noCalls,
      callFigures: () => callFigures([], 15),
      metrics: createMetrics(),
      audit: conversations.audit,
      deskHealth: () => desk,
      log: createLog('silent'),
      apiToken: token,
      doors: [broken],
      gateways: [({ url }) => (url === '/gateway' ? Promise.reject(new StoreError('unreachable', 'refused', { retryable: true })) : null)],
      pages: `${__dirname}/../console/page`,
      trustProxy: 0,
      now: () => 1_000,
    });
    server = createHttpServer(app).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await new Promise((done) => server.close(done));
    await store.close();
  });
  beforeEach(() => {
    audit = quiet;
    acts.length = 0;
  });

  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers });
  const bearer = { authorization: `Bearer ${token}` };
  const act = (number: string, body: unknown) =>
    fetch(`${url}/api/tickets/${number}/acts`, {
      method: 'POST',
      headers: { ...bearer, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  test('says it is alive, and ready only while nothing is lost and the outbox moves', async () => {
    expect((await get('/healthz')).status).toBe(200);
    expect(await (await get('/readyz')).json()).toMatchObject({ status: 'ready', messages: { lost: 0 } });
    audit = { ...quiet, lost: 1 };
    expect((await get('/readyz')).status).toBe(503);
    audit = { ...quiet, outboxAgeMs: 3_600_000 };
    expect((await get('/readyz')).status).toBe(503);
  });

  test('names the files of the store that could not be rewritten, and is ready all the same', async () => {
    expect(await (await get('/readyz')).json()).not.toHaveProperty('unrewritten');
    unrewritten = ['messages'];
    const ready = await get('/readyz');
    unrewritten = [];
    expect([ready.status, await ready.json()]).toEqual([200, expect.objectContaining({ store: 'ok', unrewritten: ['messages'] })]);
  });

  test('shows how the desk stands, and is ready all the same while a desk is behind', async () => {
    const ready = await get('/readyz');
    expect([ready.status, await ready.json()]).toEqual([200, expect.objectContaining({ desk })]);
    const metrics = await (await get('/metrics', bearer)).text();
    for (const line of ['qiao_desk_untold_tickets 2', 'qiao_desk_untold_age_seconds 90', 'qiao_desk_notices_open 1', 'qiao_queue_length 3'])
      expect(metrics).toContain(line);
    expect(metrics).toContain('qiao_tickets_overdue 4');
  });

  test('tickets and metrics stay shut without the token', async () => {
    for (const path of ['/api/tickets', '/api/tickets/20261120-0001', '/metrics']) {
      const response = await get(path, { authorization: 'Bearer guess' });
      expect([response.status, (await response.json()).error.code]).toEqual([401, 'token-wrong']);
    }
  });

  test('lists tickets with all six intake fields, empty ones null', async () => {
    const { tickets, total } = await (await get('/api/tickets?status=open', bearer)).json();
    expect(total).toBe(1);
    expect(tickets[0]).toMatchObject({
      number: '20261120-0001',
      holder: 'queue',
      fields: { school: '实验小学', class: null, name: null, phone: null, remark: null },
    });
    expect((await (await get('/api/tickets?status=closed', bearer)).json()).tickets).toEqual([]);
  });

  test('exports a table whose cells no spreadsheet runs as a formula', async () => {
    const text = await (await get('/api/tickets?format=csv', bearer)).text();
    expect(text).toContain(",'=收不到短信,");
  });

  test('refuses a query it does not understand, naming the field', async () => {
    expect((await get('/api/tickets?status=opne', bearer)).status).toBe(400);
    const response = await get('/api/tickets?limit=0', bearer);
    expect([response.status, (await response.json()).error.message]).toEqual([400, expect.stringContaining('limit')]);
  });

  test('an agent act walks the road of a message; a broken one changes nothing', async () => {
    expect((await act('20261120-0001', { kind: 'claim', agent: 'li', agentName: '李老师' })).status).toBe(202);
    expect(acts).toMatchObject([{ kind: 'claim', ticket: '20261120-0001', at: 1_000 }]);
    expect((await act('20261120-0001', { kind: 'reply', agent: 'li', agentName: '李老师' })).status).toBe(400);
    expect((await act('20991231-0001', { kind: 'claim', agent: 'li', agentName: '李老师' })).status).toBe(404);
    expect(acts).toHaveLength(1);
  });

  test.each<Record<string, unknown> & { kind: string }>([
    { kind: 'claim', takeOver: true },
    { kind: 'reply', text: '您好' },
    { kind: 'note', text: '家长着急' },
    { kind: 'assign', to: { agent: 'wang', agentName: '王老师' } },
    { kind: 'assign', to: { department: '设备组' } },
    { kind: 'amend', values: { phone: '13800138000' } },
    { kind: 'escalate', reason: '要退费' },
    { kind: 'acknowledge' },
    { kind: 'return' },
    { kind: 'resolve', result: '已补发', cause: '漏登记' },
    { kind: 'reopen', reason: '又收不到' },
  ])('takes everything an agent may do: $kind', async (body) => {
    expect((await act('20261120-0001', { ...body, agent: 'li', agentName: '李老师' })).status).toBe(202);
    expect(acts).toMatchObject([body]);
  });

  test.each([
    ['to', { kind: 'assign', to: { agent: 'wang' } }],
    ['values', { kind: 'amend', values: { adress: '北门' } }],
  ])('refuses an act of the wrong shape, naming %s', async (field, body) => {
    const response = await act('20261120-0001', { ...body, agent: 'li', agentName: '李老师' });
    expect([response.status, (await response.json()).error.message]).toEqual([400, expect.stringContaining(field)]);
  });

  test('an act on a ticket somebody else holds is refused with who holds it', async () => {
    const response = await act('20261120-0001', { kind: 'claim', agent: 'wang', agentName: '王老师' });
    expect([response.status, (await response.json()).error]).toEqual([
      409,
      { code: 'act-refused', message: 'Ticket 20261120-0001 is held by 李老师.' },
    ]);
  });

  test('metrics speak Prometheus', async () => {
    const text = await (await get('/metrics', bearer)).text();
    expect(text).toMatch(/^qiao_messages_lost 0$/m);
  });

  test('no stack and no inside leave the house; a store that is away is worth a retry', async () => {
    const response = await get('/boom', { 'x-request-id': 'req-7' });
    const body = await response.text();
    expect([response.status, response.headers.get('x-request-id')]).toEqual([500, 'req-7']);
    expect(body).not.toMatch(/secret of the inside|at .*\.ts/);
    for (const path of ['/store-away', '/gateway']) expect((await get(path)).status).toBe(503);
  });

  test('answers carry the security headers and no banner', async () => {
    const { headers } = await get('/healthz');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('a body too large or malformed is refused before it is read', async () => {
    expect((await act('20261120-0001', { kind: 'reply', text: 'x'.repeat(70_000) })).status).toBe(413);
    const response = await fetch(`${url}/api/tickets/1/acts`, {
      method: 'POST',
      headers: { ...bearer, 'content-type': 'application/json' },
      body: '{',
    });
    expect([response.status, (await response.json()).error.code]).toEqual([400, 'request-malformed']);
  });

  test.each([
    ['no JSON by its type', { 'content-type': 'text/plain' }],
    ['an unknown compression', { 'content-type': 'application/json', 'content-encoding': 'rot13' }],
    ['an unknown charset', { 'content-type': 'application/json; charset=klingon' }],
  ])('a body in %s is refused as such', async (_, headers) => {
    const response = await fetch(`${url}/api/tickets/20261120-0001/acts`, {
      method: 'POST',
      headers: { ...bearer, ...headers },
      body: '{}',
    });
    expect([response.status, (await response.json()).error.code]).toEqual([415, 'media-type-wrong']);
  });

  test('a page that cannot be given is refused in JSON that nobody keeps', async () => {
    const response = await get('/page.css', { 'if-match': '"another"' });
    expect([response.status, (await response.json()).error.code]).toEqual([412, 'precondition-failed']);
    expect([response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
      'application/json; charset=utf-8',
      null,
    ]);
    expect((await get('/page.css', { range: 'bytes=999999-' })).status).toBe(200);
    expect((await get('/nowhere')).status).toBe(404);
  });
});
