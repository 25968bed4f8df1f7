import { decode, read } from '../../../adapters/wechat/decode';

const us = { id: 'bot', names: ['小桥', '小桥老师'] };
const given = (message: object, more: object = {}): object => ({
  account: 'help',
  us,
  talker: { name: '王妈妈', type: 1 },
  message: { id: 'm1', talkerId: 'mother', listenerId: 'bot', timestamp: 1_790_000_000, type: 7, text: '您好', ...message },
  ...more,
});
const inRoom = (text: string, mentionIdList: readonly string[] = []): object =>
  given({ text, roomId: 'r@chatroom', listenerId: '', mentionIdList });
const contentOf = (payload: object) => decode(payload)[0]?.content;
const whyNot = (payload: object): string => {
  const found = read(payload);
  return found.kind === 'ignored' ? found.why : found.kind;
};

describe('what a message of WeChat is', () => {
  test('a private message is the customer’s, by their name, whether the gateway counts seconds or milliseconds', () => {
    const expected = { id: 'm1', from: { channel: 'wechat', account: 'help', user: 'mother' }, at: 1_790_000_000_000, name: '王妈妈' };
    expect(decode(given({}))).toEqual([{ ...expected, content: { kind: 'text', text: '您好' } }]);
    expect(decode(given({ timestamp: 1_790_000_000_000 }))[0]?.at).toBe(1_790_000_000_000);
  });

  test('what is not a customer’s word to us is left alone, with why', () => {
    expect(whyNot(given({ talkerId: 'bot' }))).toBe('own');
    expect(whyNot(given({ talkerId: 'old-bot', listenerId: 'mother' }))).toBe('not for us');
    expect(whyNot(given({}, { talker: { name: '某公众号', type: 2 } }))).toBe('not a person');
    expect(whyNot(given({ talkerId: 'weixin' }))).toBe('not a person');
    expect(whyNot(given({ type: 13 }))).toBe('no message');
    expect(whyNot(given({ text: ' ' }))).toBe('no message');
    expect(whyNot({ nonsense: true })).toBe('unreadable');
  });

  test('in a group our name is what calls us, by the gateway’s word or in the text, and it is taken out; a call to all is none', () => {
    expect(contentOf(inRoom('@小桥\u2005收不到通知'))).toEqual({ kind: 'text', text: '收不到通知' });
    expect(contentOf(inRoom('请问 @小桥老师 几点上班', ['bot']))).toEqual({ kind: 'text', text: '请问   几点上班'.replace('   ', '  ') });
    expect(contentOf(inRoom('@群里的名片 在吗', ['bot']))).toEqual({ kind: 'text', text: '@群里的名片 在吗' });
    expect(whyNot(inRoom('@小桥梁 在吗'))).toBe('not mentioned');
    expect(whyNot(inRoom('@所有人 明天春游', ['bot']))).toBe('not mentioned');
    expect(contentOf(inRoom('@小桥'))).toEqual({ kind: 'hello' });
    expect(decode(inRoom('@小桥 在吗'))[0]?.from).toEqual({ channel: 'wechat', account: 'help', user: 'mother', thread: 'r@chatroom' });
  });

  test('a voice brings its text where the gateway has one, and never its XML', () => {
    const attachment = { name: '语音.sil', url: '/files/x', type: 'audio/silk', size: 9 };
    expect(contentOf(given({ type: 2, text: '收不到短信' }, { attachment }))).toEqual({
      kind: 'voice',
      attachment,
      transcript: '收不到短信',
    });
    expect(contentOf(given({ type: 2, text: '<msg/>' }, { attachment }))).toEqual({ kind: 'voice', attachment });
    expect(read(given({ type: 6, text: '' }))).toMatchObject({ kind: 'file', name: '图片' });
  });

  test('a place and a link are told as what they are; what cannot be carried is a word a person can ask about', () => {
    const place = { latitude: 30.1, longitude: 120.2, name: '实验小学', address: '学院路 1 号' };
    expect(contentOf(given({ type: 8 }, { place }))).toEqual({
      kind: 'location',
      latitude: 30.1,
      longitude: 120.2,
      label: '实验小学 学院路 1 号',
    });
    const link = { title: '通知', url: 'https://school.example/a' };
    expect(contentOf(given({ type: 14 }, { link }))).toEqual({ kind: 'text', text: '通知 https://school.example/a' });
    expect(contentOf(given({ type: 11 }))).toEqual({ kind: 'text', text: '[转账]' });
  });
});
