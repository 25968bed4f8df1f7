/** Sends to one platform at a time. */
import { createGate } from '../../src/conversation/gate';
import { createClock } from './clock';

const steps = async (): Promise<void> => {
  for (let n = 0; n < 20; n += 1) await Promise.resolve();
};

function crowd(abreast: number) {
  const clock = createClock();
  const gate = createGate({ abreast, longestMs: 1_000, scheduler: clock.scheduler });
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
  const gate = createGate({ abreast: 1, longestMs: 1_000, scheduler: clock.scheduler });
  await expect(gate('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  await expect(gate('a', async () => 'sent')).resolves.toBe('sent');
});
