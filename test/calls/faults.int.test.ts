/** A telephone server that is killed, and a PBX that sends an event again until it is told that it is stored, as docs/channels/phone.md asks. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stateOf } from '../../src/calls/book';
import { callFigures } from '../../src/calls/figures';
import type { CallDoc, TicketDoc } from '../../src/store/documents';
import { createEmbeddedStore } from '../../src/store/embedded';
import { pause } from '../faults/pause';
import { keepServer, type Server } from '../faults/server';
import { API_TOKEN } from '../faults/wallAgents';
import { tellCall } from '../support/pbx';
import { until } from '../support/until';
import type { Moment, Orders } from './worker';

const WORKDAY = Date.UTC(2026, 10, 18, 2);
const secret = 'secret of the only PBX';
const AGAIN_MS = 20;
const LIVES_MS = 180_000;
/** What is waited for may come only after some processes have been killed and begun, one after the other. */
const SOME_LIVES_MS = 60_000;

type Event = Readonly<{ call: string; event: 'ringing' | 'answered' | 'ended'; at: number; caller?: string; agent?: string }>;

let [dir, shift] = ['', 0];
let moments: Moment[] = [];
let server: Server;

function begin(endsAfter: readonly Moment[]): void {
  moments = [...endsAfter];
  const orders = (): Orders => {
    const next = moments.shift();
    return { dir: join(dir, 'store'), secret, shift, ...(next && { endsAfter: next }) };
  };
  server = keepServer('../calls/worker.ts', orders, join(dir, 'log'));
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'qiao-calls-'));
  shift = WORKDAY - Date.now();
});
afterEach(async () => {
  server.end();
  await rm(dir, { recursive: true, force: true });
});

const now = (): number => Date.now() + shift;
const later = async (ms: number): Promise<void> => {
  shift += ms;
  // A server killed meanwhile begins with the new time.
  await server.shiftClock(shift).catch(() => undefined);
};

/** Once; false when the server was gone before it answered. */
async function tellsOnce(event: Event): Promise<boolean> {
  await server.up();
  const answer = await tellCall(server.url() ?? '', event, { secret }).catch(() => null);
  return answer?.status === 202;
}
async function tells(...events: readonly Event[]): Promise<void> {
  for (const event of events) while (!(await tellsOnce(event))) await pause(AGAIN_MS);
}

const ringing = (call: string, caller: string, at: number): Event => ({ call, event: 'ringing', caller, at });
const answered = (call: string, at: number): Event => ({ call, event: 'answered', agent: 'li', at });
const ended = (call: string, at: number): Event => ({ call, event: 'ended', at });

/** What agents are told of a call, from whichever process lives. */
async function view(call: string): Promise<Readonly<Record<string, unknown>>> {
  await server.up();
  const headers = { authorization: `Bearer ${API_TOKEN}` };
  const asking = fetch(`${server.url()}/api/calls/phone:main:${call}`, { headers }).then((response) => response.json());
  // Every answer of this address is a JSON object; a server that is killed gives none.
  return (await asking.catch(() => ({}))) as Record<string, unknown>;
}

const calledBack = async (call: string) =>
  until(async () => (await view(call)).callBack, `there is a task to call back for ${call}`, SOME_LIVES_MS);

/** The books as they stand on the disk, once the server has ended. */
async function books(): Promise<Readonly<{ calls: readonly CallDoc[]; tickets: readonly TicketDoc[] }>> {
  await server.stop();
  const store = await createEmbeddedStore({ dir: join(dir, 'store') });
  try {
    return { calls: await store.calls.find({}, { sort: { _id: 1 } }), tickets: await store.tickets.find({}, { sort: { _id: 1 } }) };
  } finally {
    await store.close();
  }
}
const inShort = (call: CallDoc) => `${call.call} ${stateOf(call)} ${call.events.map(({ kind }) => kind).join(' ')}`;
const told = ({ slots, events }: TicketDoc) => [
  slots.phone?.value,
  ...events.map(({ kind, data }) => (kind === 'opened' ? kind : String(data?.text))),
];

const [wang, mei, lin, zhou] = ['13800138001', '13800138002', '13800138003', '13800138004'];

test(
  'after whatever write it is killed, every call is there once and as it was, and so is every task to call back',
  async () => {
    begin([
      ...(['calls.insert', 'calls.insert', 'calls.change', 'calls.change'] as const),
      ...(['counters.update', 'tickets.insert', 'calls.change', 'tickets.change', 'calls.change'] as const),
      ...(['tickets.insert', 'calls.change', 'tickets.change'] as const),
    ]);
    const from = now();
    // The PBX itself goes away: it never says again what was not acknowledged.
    expect(await tellsOnce(ringing('given-up', zhou, from))).toBe(false);
    await tells(ringing('in-time', wang, from), answered('in-time', from + 9_000), ended('in-time', from + 60_000));
    await tells(answered('late', from + 40_000), ringing('late', wang, from), ended('late', from + 60_000));

    await tells(ringing('missed', mei, from), ended('missed', from + 20_000));
    await later(11_000);
    const task = await calledBack('missed');
    await tells(ringing('again', mei, from + 30_000), ended('again', from + 50_000));
    await later(11_000);
    expect(await calledBack('again')).toBe(task);

    await tells(ringing('overtaken', lin, from), ended('overtaken', from + 20_000));
    await later(11_000);
    await until(() => server.kills() === 10, 'the task to call back stands and its call does not know', SOME_LIVES_MS);
    await tells(answered('overtaken', from + 18_000));
    await calledBack('overtaken');
    await later(10 * 60_000);
    await calledBack('given-up');

    expect([server.kills(), moments]).toEqual([12, []]);
    const { calls, tickets } = await books();
    expect(calls.map(inShort)).toEqual([
      'again missed ringing ended',
      'given-up missed ringing',
      'in-time ended ringing answered ended',
      'late ended answered ringing ended',
      'missed missed ringing ended',
      'overtaken ended ringing ended answered',
    ]);
    expect(callFigures(calls, 15)).toMatchObject({ calls: 6, answered: 3, missed: 3, measured: 3, inTime: 1, rate: 1 / 6 });
    expect(tickets.map(told)).toEqual([
      [mei, 'opened', '客户又来电一次，没有接通'],
      [lin, 'opened', '这通来电后来已接听（li），请先核对是否还需要回电。'],
      [zhou, 'opened'],
    ]);
  },
  LIVES_MS,
);

test(
  'killed while a crowd calls, it has every call once, whatever was under way',
  async () => {
    begin([]);
    const from = now();
    const crowd = Array.from({ length: 24 }, (_, n) => ({ call: `c${n}`, caller: `1390013${8000 + n}`, waits: n * 1_000 }));
    let stored = 0;
    const lines = crowd.map(async ({ call, caller, waits }, n) => {
      const story = [ringing(call, caller, from), answered(call, from + waits), ended(call, from + 60_000)];
      // Every third hangs up first; a PBX that hears no answer sends again what is stored already.
      for (const event of n % 3 === 2 ? story.filter(({ event }) => event !== 'answered') : story) {
        await tells(event, event);
        stored += 1;
      }
    });
    for (const reached of [12, 36]) {
      await until(() => stored >= reached, `${reached} events are stored`, SOME_LIVES_MS);
      await server.kill();
    }
    await Promise.all(lines);
    await later(11_000);
    await Promise.all(crowd.flatMap(({ call }, n) => (n % 3 === 2 ? [calledBack(call)] : [])));

    expect(server.kills()).toBe(2);
    const { calls, tickets } = await books();
    expect(calls.map(inShort).sort()).toEqual(
      crowd.map(({ call }, n) => (n % 3 === 2 ? `${call} missed ringing ended` : `${call} ended ringing answered ended`)).sort(),
    );
    // Waits of 0 to 15 seconds are in time: 16 calls, of which 11 were answered.
    expect(callFigures(calls, 15)).toMatchObject({ calls: 24, answered: 16, missed: 8, measured: 16, inTime: 11, rate: 11 / 24 });
    expect(tickets.map(told).sort()).toEqual(crowd.flatMap(({ caller }, n) => (n % 3 === 2 ? [[caller, 'opened']] : [])));
  },
  LIVES_MS,
);
