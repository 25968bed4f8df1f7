/** Sends to one platform at a time. */
import { createGate } from '../../src/conversation/gate';
import { createClock } from './clock';

const steps = async (): Promise<void> => {
  for (let n = 0; n < 20; n += 1) await Promise.resolve();
};

function crowd(abreast: number) {
  const clock = createClock();
  const gate = createGate({ abreast, longestMs: 1_000, strained: () => true, scheduler: clock.scheduler });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const send = (name: string, to = 'a'): void => {
    void gate(to, async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
    });
  };
  return { clock, begun, send, end: (name: string) => ends.get(name)?.() };
}

test('only so many go on at a time to one platform, the others follow in order', async () => {
  const { begun, send, end } = crowd(2);
  for (const name of ['1', '2', '3', '4']) send(name);
  await steps();
  expect(begun).toEqual(['1', '2']);
  end('2');
  await steps();
  expect(begun).toEqual(['1', '2', '3']);
  end('1');
  await steps();
  expect(begun).toEqual(['1', '2', '3', '4']);
});

test('another platform is not waited for', async () => {
  const { begun, send } = crowd(1);
  send('1');
  send('2');
  send('elsewhere', 'b');
  await steps();
  expect(begun).toEqual(['1', 'elsewhere']);
});

test('nobody is held up for long by a platform that does not answer', async () => {
  const { clock, begun, send, end } = crowd(1);
  for (const name of ['1', '2', '3']) send(name);
  await steps();
  clock.advance(1_000);
  await steps();
  expect(begun).toEqual(['1', '2', '3']);
  end('1');
  send('4');
  await steps();
  expect(begun).toEqual(['1', '2', '3']);
  for (const name of ['2', '3']) end(name);
  await steps();
  expect(begun).toEqual(['1', '2', '3', '4']);
});

test('a failure leaves room for the next', async () => {
  const { clock } = crowd(1);
  const gate = createGate({ abreast: 1, longestMs: 1_000, strained: () => true, scheduler: clock.scheduler });
  await expect(gate('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  await expect(gate('a', async () => 'sent')).resolves.toBe('sent');
});

test('a platform that fails is given fewer at a time, and more again once it answers', async () => {
  const clock = createClock();
  const gate = createGate({ abreast: 32, longestMs: 60_000, strained: () => true, scheduler: clock.scheduler });
  let inside = 0;
  const most = async (calls: number, fails: boolean): Promise<number> => {
    let seen = 0;
    const call = () =>
      gate('a', async () => {
        inside += 1;
        seen = Math.max(seen, inside);
        await steps();
        inside -= 1;
        if (fails) throw new Error('away');
      });
    await Promise.allSettled(Array.from({ length: calls }, call));
    return seen;
  };
  expect(await most(100, false)).toBe(32);
  expect(await most(40, true)).toBe(32);
  // The crowd of 32 failed together, then the 8 after it.
  expect(await most(100, true)).toBe(8);
  expect(await most(100, true)).toBe(4);
  await most(600, false);
  expect(await most(100, false)).toBe(32);
});

test('a call that was refused for good says nothing about the others', async () => {
  const clock = createClock();
  const gate = createGate({ abreast: 8, longestMs: 60_000, strained: () => false, scheduler: clock.scheduler });
  let seen = 0;
  let inside = 0;
  const call = () =>
    gate('a', async () => {
      inside += 1;
      seen = Math.max(seen, inside);
      await steps();
      inside -= 1;
      throw new Error('refused');
    });
  await Promise.allSettled(Array.from({ length: 40 }, call));
  seen = 0;
  await Promise.allSettled(Array.from({ length: 40 }, call));
  expect(seen).toBe(8);
});
