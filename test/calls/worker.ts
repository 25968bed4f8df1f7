/**
 * The telephone in a process of its own, to be killed at the writes between which it must not matter: the program's own door, books and
 * shell, around an engine that is not asked anything. No desk is told, so every write to calls and tickets is the telephone's.
 */
import { Router } from 'express';
import { createPhone } from '../../adapters/phone';
import { createCalls } from '../../src/calls/calls';
import { parseConfig } from '../../src/config';
import { createConversations } from '../../src/conversation/createConversations';
import { realTime } from '../../src/conversation/deps';
import { createNumbers } from '../../src/desk/numbers';
import { createOffice } from '../../src/desk/office';
import { createFiles } from '../../src/files/files';
import { createLog } from '../../src/log';
import { createMetrics } from '../../src/metrics';
import { serve } from '../../src/serve';
import { createEmbeddedStore } from '../../src/store/embedded';
import type { Store } from '../../src/store/store';
import { plain } from '../conversation/house';
import { endWithCaller } from '../faults/process';
import { API_TOKEN } from '../faults/wallAgents';

/** A write of the telephone, after which a process may end. */
export type Moment = 'calls.insert' | 'calls.change' | 'counters.update' | 'tickets.insert' | 'tickets.change';
/** What a worker is told on its command line, as JSON; `shift` is how far its clock is ahead. */
export type Orders = Readonly<{ dir: string; secret: string; shift: number; endsAfter?: Moment }>;

/** The first such write is the last thing the process does. */
function mortal(store: Store, moment: Moment): Store {
  // The type of Moment says that there are such a collection and such a method.
  const [name, method] = moment.split('.') as ['calls', 'change'];
  const collection = store[name];
  const last: typeof collection.change = async (...given) => {
    const done = await collection[method](...given);
    process.kill(process.pid, 'SIGKILL');
    return done;
  };
  return { ...store, [name]: { ...collection, [method]: last } };
}

async function main({ dir, secret, shift: ahead, endsAfter }: Orders): Promise<void> {
  let shift = ahead;
  const now = (): number => Date.now() + shift;
  const config = parseConfig({ PORT: '0', DATA_DIR: dir, LOG_LEVEL: 'warn' });
  const log = createLog(config.LOG_LEVEL);
  const opened = await createEmbeddedStore({ dir });
  const store = endsAfter ? mortal(opened, endsAfter) : opened;
  const common = { now, scheduler: realTime, log };
  const channels = new Map();
  const newId = (): string => String(process.pid);
  const conversations = createConversations({ ...plain, ...common, store, channels, newId, options: { exclusive: true } });
  const calls = createCalls({
    ...common,
    ...{ store, conversations },
    numbers: createNumbers({ store, now, timeZone: () => config.TIME_ZONE, block: 1 }),
    due: (_, opened) => opened,
    open: () => true,
    schools: async () => ({ directory: { find: () => [] }, size: 0 }),
    place: plain.settings,
  });
  const phone = createPhone({ accounts: [{ account: 'main', secret }], hear: calls.hear });
  const router = Router();
  router.post('/faults/clock/:shift', (request, response) => {
    shift = Number(request.params.shift);
    response.json({});
  });
  const nothing = async () => async () => undefined;
  const { url, stop } = await serve({
    config,
    house: {
      ...{ store, conversations, channels, calls },
      office: createOffice({
        ...{ store, conversations, now },
        departments: () => [],
        phrases: () => plain.settings().phrases,
        timeZone: () => '',
      }),
      files: createFiles({ dir, secret, now }),
      ...{ tellDesks: nothing, watchClocks: nothing },
      deskHealth: () => Promise.reject(new Error('there is no desk here')),
    },
    ...{ log, metrics: createMetrics(), audit: conversations.audit, desks: [], pages: dir, apiToken: API_TOKEN },
    doors: [{ channel: phone, gateway: phone.handle, router }],
  });
  process.stdout.write(`${url}\n`);
  process.once('SIGTERM', async () => {
    await stop();
    await store.close();
    process.exit();
  });
}

endWithCaller();
void main(JSON.parse(process.argv[2] ?? '{}'));
