import { createBreaker } from '../../../adapters/wechat/breaker';
import { createEchoes } from '../../../adapters/wechat/echoes';
import type { Address } from '../../../dialogs/vocabulary';

const mother: Address = { channel: 'wechat', account: 'help', user: 'mother' };
const limits = { alone: 3, any: 5, windowMs: 1_000, quietMs: 5_000 };

describe('a bot that keeps itself in check', () => {
  test('falls silent when nobody answers, for a while, and anew only after as many again', () => {
    let now = 0;
    const breaker = createBreaker(limits, () => now);
    const say = () => breaker.maySpeak(mother);
    expect([say(), say(), say(), say(), say()]).toEqual(['yes', 'yes', 'yes', 'silenced', 'still silent']);
    expect(breaker.maySpeak({ ...mother, thread: 'r@chatroom' })).toBe('yes');
    now = 5_001;
    expect([say(), say(), say(), say()]).toEqual(['yes', 'yes', 'yes', 'silenced']);
  });

  test('a word of the customer lets it go on, but not against a machine that answers every time', () => {
    const breaker = createBreaker(limits, () => 0);
    const turns = Array.from({ length: 6 }, () => {
      breaker.heard(mother);
      return breaker.maySpeak(mother);
    });
    expect(turns).toEqual(['yes', 'yes', 'yes', 'yes', 'yes', 'silenced']);
  });

  test('slow talk is never a loop', () => {
    let now = 0;
    const breaker = createBreaker(limits, () => now);
    for (let n = 0; n < 20; n += 1) {
      expect(breaker.maySpeak(mother)).toBe('yes');
      now += 1_001;
    }
  });

  test('knows its own words when they come back, by id or by place and text, and no customer’s', () => {
    let now = 0;
    const echoes = createEchoes(() => now);
    echoes.saying('mother', '请重启手机。');
    echoes.said('m9');
    expect(echoes.isEcho({ id: 'm9' })).toBe(true);
    expect(echoes.isEcho({ id: 'x', text: '请重启手机。', listenerId: 'mother' })).toBe(true);
    expect(echoes.isEcho({ id: 'x', text: '请重启手机。', listenerId: 'bot' })).toBe(false);
    now = 10 * 60_000 + 1;
    expect(echoes.isEcho({ id: 'x', text: '请重启手机。', listenerId: 'mother' })).toBe(false);
  });
});
