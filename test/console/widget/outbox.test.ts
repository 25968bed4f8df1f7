import type { Message } from '../../../adapters/web/wire';
import { type Carried, createOutbox } from '../../../console/widget/outbox';
import { createMemory, type Shelf } from '../../../console/widget/storage';

function shelf(): Shelf {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    key: (index) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
}

const message = (clientMsgId: string): Message => ({ clientMsgId, content: { kind: 'text', text: clientMsgId } });
const sent = { ok: true, id: 'x', duplicate: false } as const;

function outboxOver(answers: Carried[], memory = createMemory('test', shelf())) {
  const carried: string[] = [];
  const told: string[] = [];
  const pauses: number[] = [];
  const outbox = createOutbox({
    memory,
    carry: async ({ clientMsgId }) => {
      carried.push(clientMsgId);
      return answers.shift() ?? 'offline';
    },
    tell: (id, { delivery, refused }) => void told.push([id, delivery, refused].filter(Boolean).join(' ')),
    later: (seconds) => void pauses.push(seconds),
  });
  return { outbox, carried, told, pauses };
}

describe('words on their way', () => {
  test('go one after the other, in the order they were written', async () => {
    const { outbox, carried, told } = outboxOver([sent, sent]);
    outbox.add({ message: message('zz'), at: 1 });
    outbox.add({ message: message('aa'), at: 2 });
    await Promise.all([outbox.flush(), outbox.flush()]);
    expect([carried, told, outbox.waiting()]).toEqual([['zz', 'aa'], ['zz sent', 'aa sent'], []]);
  });

  test('outlast the page and keep their id', async () => {
    const memory = createMemory('test', shelf());
    const before = outboxOver(['offline'], memory);
    before.outbox.add({ message: message('m1'), at: 1 });
    await before.outbox.flush();
    const after = outboxOver([sent], memory);
    expect(after.outbox.waiting()).toEqual([{ message: message('m1'), at: 1 }]);
    await after.outbox.flush();
    expect([before.carried, after.carried, after.outbox.waiting()]).toEqual([['m1'], ['m1'], []]);
  });

  test('are tried again when nobody knows whether they arrived, and called failed after the third time', async () => {
    const { outbox, told, pauses } = outboxOver(['lost', { ok: false, code: 'unavailable' }, 'lost', sent]);
    outbox.add({ message: message('m1'), at: 1 });
    for (let round = 0; round < 4; round += 1) await outbox.flush();
    expect([told, pauses]).toEqual([
      ['m1 failed unavailable', 'm1 sent'],
      [3, 6, 9],
    ]);
  });

  test('wait as long as the server asks', async () => {
    const { outbox, pauses } = outboxOver([{ ok: false, code: 'rate_limited', retryAfter: 17 }]);
    outbox.add({ message: message('m1'), at: 1 });
    await outbox.flush();
    expect(pauses).toEqual([17]);
  });

  test('that can never be taken make room for the next', async () => {
    const { outbox, told } = outboxOver([{ ok: false, code: 'text_too_long', limit: 2000 }, sent]);
    outbox.add({ message: message('m1'), at: 1 });
    outbox.add({ message: message('m2'), at: 2 });
    await outbox.flush();
    expect([told, outbox.waiting()]).toEqual([['m1 failed text_too_long', 'm2 sent'], []]);
  });
});

describe('where the browser forbids storage', () => {
  test('words are kept as long as the page is open', () => {
    const memory = createMemory('test', null);
    memory.set('out:1', 'a');
    expect([memory.get('out:1'), memory.names('out:')]).toEqual(['a', ['out:1']]);
    memory.remove('out:1');
    expect(memory.names('out:')).toEqual([]);
  });

  test('two desks on one site do not see each other', () => {
    const one = shelf();
    createMemory('a', one).set('token', 'x');
    expect(createMemory('b', one).get('token')).toBeNull();
  });
});
