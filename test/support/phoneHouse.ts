/** The whole house with a PBX on the line: signed events over real HTTP, an API token, and a clock the test moves. */
import { createPhone } from '../../adapters/phone';
import { sign } from '../../adapters/signedBody';
import { createWebhook } from '../../adapters/webhook';
import { assemble, type House } from '../../src/assemble';
import { parseConfig } from '../../src/config';
import { createLog } from '../../src/log';
import { createMetrics } from '../../src/metrics';
import { serve } from '../../src/serve';
import type { AgentDoc } from '../../src/store/documents';
import { createEmbeddedStore } from '../../src/store/embedded';
import { type Answer, tellCall } from './pbx';

/** A working day in the desk's hours. */
export const WORKDAY = Date.UTC(2026, 10, 18, 2);
const TOKEN = 'the token of the API for this test';
export const PBX = { account: 'main', secret: 'secret of the first PBX', extensions: { '8001': 'li' } } as const;
export const BRANCH = { account: 'branch', secret: 'secret of the second PBX' } as const;
const SMS = { account: 'sms', secret: 'secret of the sms gateway' } as const;

export const agents: readonly AgentDoc[] = [
  { _id: 'li', name: '李老师', email: 'li@desk.example', roles: ['agent'] },
  { _id: 'zhao', name: '赵老师', email: 'zhao@desk.example', roles: ['agent'] },
  { _id: 'sun', name: '孙主管', email: 'sun@desk.example', roles: ['agent', 'supervisor'] },
];

export type PhoneHouse = House &
  Readonly<{
    url: string;
    now(): number;
    /** Moves the clock of the house. */
    later(ms: number): void;
    /** The PBX tells of an event, signed with the secret of `account`; other headers replace the signed ones. */
    tells(event: object, account?: Readonly<{ secret: string }>, headers?: Readonly<Record<string, string>>): Promise<Answer>;
    get(path: string): Promise<Answer>;
    post(path: string, body: object): Promise<Answer>;
    /** A customer writes by the webhook, another channel than the phone. */
    writes(user: string, text: string): Promise<readonly string[]>;
    close(): Promise<void>;
  }>;

export async function openPhoneHouse(): Promise<PhoneHouse> {
  const store = await createEmbeddedStore({ memory: true });
  await store.schools.insert({ _id: 'shiyan', name: '南宁市实验小学', aliases: ['实验小学'] });
  for (const agent of agents) await store.agents.insert(agent);
  const config = parseConfig({ PORT: '0', LOG_LEVEL: 'silent', WEB_SECRET: 'secret of a house in memory' });
  const log = createLog('silent');
  const began = Date.now();
  let shift = 0;
  const now = () => WORKDAY + shift + Date.now() - began;
  const house = await assemble(config, store, { log, now });
  const { audit, history, settle } = house.conversations;
  const phone = createPhone({ accounts: [PBX, BRANCH], hear: house.calls.hear });
  const webhook = createWebhook({ accounts: [SMS], history, settle, files: house.files });
  const doors = [
    { channel: phone, gateway: phone.handle },
    { channel: webhook, gateway: webhook.handle },
  ];
  const { url, stop } = await serve({
    ...{ config, house, log, metrics: createMetrics(), audit, doors, desks: [], pages: __dirname, apiToken: TOKEN },
  });
  const answer = async (response: Response): Promise<Answer> => {
    const text = await response.text();
    // Everything asked here answers with a JSON object, but for the scrape.
    return { status: response.status, body: text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : { text } };
  };
  const signed = (body: string, secret: string) => ({
    'x-qiao-signature': sign(body, secret),
    'x-qiao-timestamp': String(Math.floor(Date.now() / 1000)),
  });
  const authorized = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  let written = 0;
  return {
    ...house,
    url,
    now,
    later(ms) {
      shift += ms;
    },
    tells: (event, account = PBX, headers) => tellCall(url, event, account, headers),
    get: async (path) => answer(await fetch(`${url}${path}`, { headers: authorized })),
    post: async (path, body) => answer(await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body), headers: authorized })),
    async writes(user, text) {
      written += 1;
      const body = JSON.stringify({ id: `m${written}`, user, text, at: now() });
      const response = await fetch(`${url}/channels/webhook/${SMS.account}?reply=sync`, {
        method: 'POST',
        body,
        headers: signed(body, SMS.secret),
      });
      // The webhook's own shape.
      const { replies } = (await response.json()) as { replies: { text: string }[] };
      await house.conversations.idle();
      return replies.map((one) => one.text);
    },
    async close() {
      await stop();
      await store.close();
    },
  };
}
