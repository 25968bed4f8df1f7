/** Who writes English is answered in English, whatever the page declares; Chinese again brings Chinese back. */
import { languageOf } from '../../dialogs/language';
import { talk } from '../support/talk';

describe('the language of a text', () => {
  test.each([
    'I do not receive any messages from the school',
    "My son's card is lost, what should I do?",
    'how can i cancel the service',
    'Hello, I want to talk to a person please.',
  ])('%s is English', (text) => expect(languageOf(text)).toBe('en'));

  test.each(['我收不到短信', '你好', '我孩子在 Grade 3 Class 2', '转人工', '谢谢', '不是 App 的问题，是短信'])('%s is Chinese', (text) =>
    expect(languageOf(text)).toBe('zh'),
  );

  test.each([
    'ok',
    'OK thanks',
    '13800138000',
    '+86 138 0013 8000',
    '3(2)',
    'Class 3 Grade 2',
    'Mary Jane Watson',
    'Tom',
    'wo shou bu dao duan xin',
    'zhuan ren gong',
    'wo you yi ge wen ti, ni men he shi you ren',
    '2',
    '王小明',
    '南宁市实验小学',
    'Nanning No.9 Primary School',
    'A12-3366',
    '👌',
    '',
  ])('「%s」 is neither', (text) => expect(languageOf(text)).toBeUndefined());
});

describe('a conversation', () => {
  test('goes on in English once a sentence was English, through names and numbers', () => {
    talk('zh')
      .says('Why do I not receive any messages from the school?')
      .presses('Register it for me')
      .hears(/Which school/)
      .says('实验小学')
      .hears(/Which class/)
      .says('3(2)')
      .hears(/name/)
      .says('王小明')
      .hears(/phone/i)
      .says('13800138000')
      .hears(/read back/)
      .says('ok')
      .hears(/ticket/i);
  });

  test('comes back to Chinese with a Chinese sentence', () => {
    talk('zh')
      .says('I want to talk to a person please')
      .hears(/handing you over/)
      .says('我还是说中文吧')
      .hears('收到');
  });

  test('is told of its ticket in the language spoken', () => {
    talk('zh')
      .says('I want to talk to a person please')
      .happens({ kind: 'agentClaimed', ticket: '20261123-0001', agent: 'lin', agentName: 'Lin' })
      .hears(/Lin/)
      .hears(/^[^一-龥]*$/);
  });

  test('under an English page follows Chinese as well', () => {
    const said = talk('en').says('我收不到短信怎么办').hears('请先看手机');
    expect(said.world.state.memory.spoken).toBe('zh');
  });
});
