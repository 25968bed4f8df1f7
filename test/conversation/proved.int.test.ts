/** A customer who proves by a code to be known elsewhere: whoever is told that it is so, it is so by then. */
import { holderOf } from '../../dialogs/holder';
import { begin, step } from '../../dialogs/step';
import { STATE_SCHEMA, type State } from '../../dialogs/vocabulary';
import { createPeople } from '../../src/people/people';
import type { MessageDoc } from '../../src/store/documents';
import { createEmbeddedStore } from '../../src/store/embedded';
import type { Store } from '../../src/store/store';
import { conversation } from '../store/documents';
import { createFakeChannel, createHouse, plain, says } from './house';

const [MOTHER, VISITOR] = ['wechat-official:school:mother', 'web:main:wang'];
const NUMBER = '13800138000';
const PROVED = '已确认是您本人';

/** The visitor was sent a code; `phase` is what they are in the middle of. */
async function asked(phase: object = { phase: 'idle' }) {
  const store = await createEmbeddedStore({ memory: true });
  const phone = { raw: NUMBER, value: NUMBER };
  const at = new Date(0);
  for (const _id of [MOTHER, VISITOR]) await store.customers.insert({ _id, slots: { phone }, createdAt: at, updatedAt: at });
  // A phase as the engine writes it.
  const state = { ...begin(0), ...phase } as State;
  const memory = { ...state.memory, slots: { phone }, merging: 'sent' } as const;
  const address = { channel: 'web', account: 'main', user: 'wang' } as const;
  await store.conversations.insert(conversation(VISITOR, { schema: STATE_SCHEMA, address, state: { ...state, memory } }));
  const people = createPeople(store, { reachable: () => true, secret: plain.secret, now: () => 0 });
  const code = (await people.proofs.issue('e1:0', VISITOR, NUMBER))?.code ?? '';
  const merged = async () => (await people.persons.group(VISITOR)).includes(MOTHER);
  return { store, code, merged };
}

test('the customer reads, hears and is sent that it is proved only when both conversations are one person’s in the store', async () => {
  const { store, code, merged } = await asked();
  const told: [where: string, merged: boolean][] = [];
  const reads = async (lines: readonly MessageDoc[]): Promise<void> => {
    for (const { reply } of lines) if (reply?.text.includes(PROVED)) told.push(['read', await merged()]);
  };
  const messages: Store['messages'] = {
    ...store.messages,
    async insert(line) {
      await reads([line]);
      return store.messages.insert(line);
    },
    async insertMany(lines) {
      await reads(lines);
      return store.messages.insertMany(lines);
    },
  };
  const web = createFakeChannel();
  const send: typeof web.channel.send = async ({ reply }) =>
    void told.push([reply.text.includes(PROVED) ? 'sent' : reply.text, await merged()]);
  const house = await createHouse({
    store: { ...store, messages },
    deps: { step, begin, holderOf, channels: new Map([['web', { send }]]), now: () => 0 },
  });
  const accepted = await house.accept(says(code, 'm1'));
  const replies = await house.settle(accepted, 1_000);
  told.push([replies.some(({ reply }) => reply.text.includes(PROVED)) ? 'heard' : 'nothing', await merged()]);
  await house.idle();
  expect(told.sort()).toEqual([
    ['heard', true],
    ['read', true],
    ['sent', true],
  ]);
  await store.close();
});

test('six digits typed to an agent prove nothing and use nothing up', async () => {
  const { store, code, merged } = await asked({ phase: 'withAgent', ticket: 'T-1', agent: 'li', agentName: '李老师', since: 0, slots: {} });
  const house = await createHouse({ store, deps: { step, begin, holderOf, now: () => 0 } });
  await house.settle(await house.accept(says(code, 'm1')), 1_000);
  expect([await merged(), (await store.proofs.get(VISITOR))?.tries]).toEqual([false, []]);
  await house.idle();
  await store.close();
});
