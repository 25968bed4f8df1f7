import { createBudgets } from '../../adapters/budget';
import { memoryNotebook } from '../support/memoryNotebook';

const HOUR = 3_600_000;

describe('what may still be sent to a customer', () => {
  let at: number;
  const now = () => at;
  const message = (left = 5) => ({ kind: 'message', left, until: at + 48 * HOUR });
  let budgets: ReturnType<typeof createBudgets>;
  let notebook: ReturnType<typeof memoryNotebook>;
  beforeEach(() => {
    at = 1_000_000;
    notebook = memoryNotebook();
    budgets = createBudgets(notebook, now);
  });
  const sent = async (keys: readonly string[], by: 'bot' | 'person' = 'bot') => {
    for (const key of keys) await budgets.take('a:u', key, by);
  };

  test('nothing before the customer wrote, and nothing once the time is over', async () => {
    expect(await budgets.left('a:u')).toBeNull();
    expect(await budgets.take('a:u', 'k', 'person')).toBe('over');
    await budgets.grant('a:u', message());
    expect(await budgets.left('a:u')).toEqual({ left: 5, until: at + 48 * HOUR });
    at += 48 * HOUR;
    expect(await budgets.left('a:u')).toBeNull();
  });

  test('the bot leaves the last message to people', async () => {
    await budgets.grant('a:u', message());
    await sent(['1', '2', '3', '4']);
    expect(await budgets.take('a:u', '5', 'bot')).toBe('kept');
    await sent(['5'], 'person');
    expect(await budgets.take('a:u', '6', 'person')).toBe('spent');
  });

  test('another message of the customer begins it anew', async () => {
    await budgets.grant('a:u', message());
    await sent(['1', '2', '3']);
    at += HOUR;
    await budgets.grant('a:u', message());
    expect(await budgets.left('a:u')).toEqual({ left: 5, until: at + 48 * HOUR });
  });

  test('an act that is heard again begins nothing anew', async () => {
    const once = message();
    await budgets.grant('a:u', once);
    await sent(['1', '2']);
    at += HOUR;
    await budgets.grant('a:u', once);
    expect((await budgets.left('a:u'))?.left).toBe(3);
  });

  test('two acts in one and the same second are two', async () => {
    const second = { ...message(), act: 'm1' };
    await budgets.grant('a:u', second);
    await sent(['1', '2']);
    await budgets.grant('a:u', second);
    expect((await budgets.left('a:u'))?.left).toBe(3);
    await budgets.grant('a:u', { ...second, act: 'm2' });
    expect((await budgets.left('a:u'))?.left).toBe(5);
  });

  test('the same message tried again is counted once, also after a restart', async () => {
    await budgets.grant('a:u', message());
    await sent(['1', '1']);
    await createBudgets(notebook, now).take('a:u', '1', 'bot');
    expect((await budgets.left('a:u'))?.left).toBe(4);
  });

  test('what was not sent after all is given back, once', async () => {
    await budgets.grant('a:u', message());
    await sent(['1', '2']);
    await budgets.giveBack('a:u', '2');
    await budgets.giveBack('a:u', '2');
    expect([(await budgets.left('a:u'))?.left, (await budgets.sent('a:u')).map(({ key }) => key)]).toEqual([4, ['1']]);
  });

  test('several grants add up, and the one that ends first is used first', async () => {
    await budgets.grant('a:u', message(5));
    await budgets.grant('a:u', { kind: 'menu', left: 3, until: at + 60_000 });
    expect((await budgets.left('a:u'))?.left).toBe(8);
    expect(await budgets.take('a:u', '1', 'bot')).toMatchObject({ kind: 'menu' });
    at += 60_000;
    expect((await budgets.left('a:u'))?.left).toBe(5);
  });

  test('a greeting that carries its own code may be the bot’s only message', async () => {
    await budgets.grant('a:u', { kind: 'welcome', left: 1, until: at + 20_000, code: 'c1' });
    expect(await budgets.take('a:u', '1', 'bot')).toMatchObject({ code: 'c1' });
    expect(await budgets.take('a:u', '2', 'bot')).toBe('spent');
  });

  test('the platform’s word that nothing is left counts more than ours', async () => {
    await budgets.grant('a:u', message());
    await budgets.shut('a:u');
    expect(await budgets.left('a:u')).toBeNull();
  });

  test('its word that all are used leaves the time standing in which the bot’s words may wait', async () => {
    await budgets.grant('a:u', message());
    await budgets.spend('a:u');
    expect([await budgets.left('a:u'), await budgets.take('a:u', '1', 'bot')]).toEqual([null, 'spent']);
    at += 48 * HOUR;
    expect(await budgets.take('a:u', '1', 'bot')).toBe('over');
  });

  test('what waits is told with the customer’s next act, each reply once, until it is released', async () => {
    await budgets.grant('a:u', message(1));
    for (const key of ['r1', 'r2', 'r1']) await budgets.hold('a:u', key, [`${key}的话`]);
    expect(await budgets.grant('a:u', message())).toEqual([
      { key: 'r1', text: 'r1的话' },
      { key: 'r2', text: 'r2的话' },
    ]);
    await budgets.release('a:u', (await budgets.bundle('a:u', () => 1)).held);
    expect(await budgets.grant('a:u', message())).toEqual([{ key: 'r2', text: 'r2的话' }]);
  });

  test('a bundle stays what it is until it is out, whatever else comes to wait, and is out once', async () => {
    const both = () => budgets.bundle('a:u', (held) => held.length);
    for (const key of ['r1', 'r2']) await budgets.hold('a:u', key, [key]);
    const { held: bundle } = await both();
    await budgets.hold('a:u', 'r3', ['r3']);
    expect(await both()).toEqual({ held: bundle, isLast: false });
    await budgets.release('a:u', bundle);
    await budgets.release('a:u', bundle);
    expect((await both()).held.map(({ key }) => key)).toEqual(['r3']);
    await budgets.hold('a:u', 'r4', ['r4']);
    await budgets.putBack('a:u');
    expect((await both()).held.map(({ key }) => key)).toEqual(['r3', 'r4']);
  });

  test('what one message has on its way no other takes, until whoever sent it must be dead', async () => {
    const by = (who: string) => budgets.bundle('a:u', (held) => held.length, who);
    await budgets.hold('a:u', 'r1', ['r1']);
    const held = [{ key: 'r1', text: 'r1' }];
    expect(await by('m1')).toEqual({ held, isLast: true });
    expect(await by('m2')).toEqual({ held: [], isLast: false });
    at += 30_000;
    expect(await by('m2')).toEqual({ held, isLast: true });
  });

  test('what finds no room to wait is refused, so that a person takes it, and what waits already goes on waiting', async () => {
    for (let n = 0; n < 20; n += 1) await budgets.hold('a:u', `r${n}`, [`第${n}句`]);
    await expect(budgets.hold('a:u', 'r20', ['再一句'])).rejects.toMatchObject({ retryable: false, callBack: true });
    await budgets.hold('a:u', 'r0', ['第0句']);
    const { held } = await budgets.bundle('a:u', (all) => all.length);
    expect(held.map(({ text }) => text)).toEqual(Array.from({ length: 20 }, (_, n) => `第${n}句`));
  });

  test('customers are counted apart', async () => {
    await budgets.grant('a:u', message());
    expect(await budgets.left('b:u')).toBeNull();
  });
});
