/** The whole house behind the web chat and the desk's page, put together as the program does it: embedded store on disk, a real port, only the time is the test's. */
import { join } from 'node:path';
import { createPage } from '../../adapters/page';
import { createWeb } from '../../adapters/web';
import { createWebhook, type WebhookOptions } from '../../adapters/webhook';
import { assemble, openConfigured } from '../../src/assemble';
import type { Calls } from '../../src/calls/calls';
import { parseConfig } from '../../src/config';
import type { Conversations } from '../../src/conversation/conversations';
import { createLog } from '../../src/log';
import { createMetrics } from '../../src/metrics';
import { createEndedSessions } from '../../src/people/sessions';
import { type Door, serve, type Workplace } from '../../src/serve';
import type { Store } from '../../src/store/store';

/** A working day in the desk's hours, so that nothing depends on when the test runs. */
const WORKDAY = Date.UTC(2026, 10, 18, 2);
const secret = 'a secret of sufficient length';

/** Opens the API. */
export const API_TOKEN = secret;
/** Signs in at the desk's page as the agent on duty. */
export const RUN_TOKEN = 'the token of this very run';

export type RealDesk = Readonly<{
  url: string;
  store: Store;
  conversations: Conversations;
  calls: Calls;
  now(): number;
  close(): Promise<void>;
}>;

/** What a test adds: places where agents work, gateways by which customers write. */
export type More = Readonly<{ desks?: readonly Workplace[]; webhook?: WebhookOptions['accounts'] }>;

export async function openRealDesk(dir: string, pages: string, { desks = [], webhook: accounts }: More = {}): Promise<RealDesk> {
  const config = parseConfig({ PORT: '0', DATA_DIR: join(dir, 'store'), LOG_LEVEL: 'silent' });
  const log = createLog(config.LOG_LEVEL);
  const store = await openConfigured(config, log);
  await store.schools.insert({ _id: 'shiyan', name: '南宁市实验小学', aliases: ['实验小学'] });
  const began = Date.now();
  const now = () => WORKDAY + Date.now() - began;
  const house = await assemble(config, store, { log, now });
  const { audit, history, settle } = house.conversations;
  const web = createWeb({ secret, history, settle, files: house.files, now, log });
  const doors: Door[] = [{ channel: web, router: web.router, attach: web.attach }];
  if (accounts) {
    const webhook = createWebhook({ accounts, history, settle, files: house.files });
    doors.push({ channel: webhook, gateway: webhook.handle });
  }
  const page = createPage({ secret, runToken: RUN_TOKEN, files: house.files, endedSessions: createEndedSessions(store, now), now });
  const metrics = createMetrics();
  const { url, stop } = await serve({ config, house, log, metrics, audit, doors, desks: [...desks, page], pages, apiToken: secret });
  return {
    url,
    store,
    conversations: house.conversations,
    calls: house.calls,
    now,
    async close() {
      await stop();
      await store.close();
    },
  };
}
