import { decode, unfetched } from '../../../adapters/teams/decode';
import { trusted } from '../../../adapters/teams/shared';
import { BOT, type Change, inGroup, mentioning, message, personal } from '../../support/teams/activities';

const serviceUrl = 'https://smba.trafficmanager.net/apac/';
const AT = Date.parse('2026-11-23T02:00:00Z');
const read = (...changes: readonly Change[]) =>
  decode({ account: 'school', receivedAt: AT, activity: Object.assign({ serviceUrl }, ...changes) });
const contents = (...changes: readonly Change[]) => read(...changes).map(({ content }) => content);
const words = (text: string) => ({ kind: 'text', text });

describe('what a teacher writes in Teams', () => {
  test('is a message of one person in one chat, in the language Teams runs in', () => {
    expect(read(personal('wang'), message('1', '怎么收不到通知？'), { timestamp: '2026-11-23T01:59:58Z' })).toEqual([
      {
        id: 'msteams|a:wang|1',
        from: { channel: 'teams', account: 'school', user: '29:wang' },
        at: AT - 2_000,
        locale: 'zh',
        name: '王老师',
        content: words('怎么收不到通知？'),
      },
    ]);
  });

  test('has the time at which it came when the clock over there is wrong', () => {
    expect(read(personal('wang'), message('1', 'x'), { timestamp: '2031-01-01T00:00:00Z' })[0]?.at).toBe(AT);
    expect(read(personal('wang'), message('1', 'x'), { timestamp: 'yesterday' })[0]?.at).toBe(AT);
  });

  test('with the same id in two chats is two messages: ids there count milliseconds', () => {
    const ids = ['wang', 'li'].map((user) => read(personal(user), message('1700000000000', 'x'))[0]?.id);
    expect(new Set(ids).size).toBe(2);
  });

  test('and changes afterwards comes under the id of what it changes', () => {
    const [edited] = read(personal('wang'), message('1', '不对，是四班'), {
      type: 'messageUpdate',
      channelData: { eventType: 'editMessage' },
    });
    expect(edited).toMatchObject({ id: 'msteams|a:wang|1', content: words('不对，是四班') });
  });

  test.each(['messageDelete', 'messageReaction', 'typing', 'endOfConversation', 'event', 'invoke', 'something new'])(
    'or does otherwise, such as %s, asks nothing of the desk',
    (type) => {
      expect(read(personal('wang'), message('1', ''), { type, reactionsAdded: [{ type: 'like' }] })).toEqual([]);
    },
  );

  test('keeps its lines, and loses signs nobody can see', () => {
    expect(contents(personal('wang'), message('1', '第一行\r\n第二行\u0007&nbsp;&lt;b&gt; &amp;amp;'))).toEqual([
      words('第一行\n第二行 <b> &amp;'),
    ]);
  });

  test('names colleagues as they are called, not as markup', () => {
    const entities = [{ type: 'mention', mentioned: { id: '29:li' }, text: '<at>李老师</at>' }];
    expect(contents(personal('wang'), message('1', '请问<at>李老师</at>在吗'), { entities })).toEqual([words('请问@李老师在吗')]);
    expect(contents(personal('wang'), message('1', '<at>请问 <at>李老师</at>在吗'))).toEqual([words('<at>请问 @李老师在吗')]);
  });

  test('with files is the words and each file as a part of them', () => {
    const attachments = [
      { contentType: 'text/html', content: '<p>看图</p>' },
      { contentType: 'image/png', contentUrl: `${serviceUrl}v3/attachments/1/views/original`, name: '截图.png' },
      { contentType: 'application/vnd.microsoft.card.adaptive', content: {} },
    ];
    const said = read(personal('wang'), message('1', '看图'), { attachments });
    expect(said.map(({ id, content, part }) => [id, content.kind, part])).toEqual([
      ['msteams|a:wang|1', 'text', undefined],
      ['msteams|a:wang|1/1', 'image', true],
    ]);
  });

  test('is nothing when there is nothing in it, or it has no id to know it again by', () => {
    expect(read(personal('wang'), message('1', '  '))).toEqual([]);
    expect(read(personal('wang'), { type: 'message', text: '你好' })).toEqual([]);
  });
});

describe('in a group', () => {
  const group = inGroup('wang', '19:room@thread.v2');

  test('only what names the desk is for it, and its name is no part of the words', () => {
    expect(contents(group, message('1', '大家好'))).toEqual([]);
    expect(contents(group, message('2', ''), mentioning('怎么收不到通知？'))).toEqual([words('怎么收不到通知？')]);
  });

  test('each person is a customer of their own, and so is the same person elsewhere', () => {
    const from = (...changes: readonly Change[]) => JSON.stringify(read(...changes)[0]?.from);
    const places = [
      from(personal('wang'), message('1', 'x')),
      from(group, message('1', ''), mentioning('x')),
      from(inGroup('li', '19:room@thread.v2'), message('1', ''), mentioning('x')),
      from(inGroup('wang', '19:other@thread.v2'), message('1', ''), mentioning('x')),
    ];
    expect(new Set(places).size).toBe(4);
    expect(places[1]).toContain('"thread":"19:room@thread.v2"');
  });

  test('the bare name of the desk asks what it can do', () => {
    expect(contents(group, message('1', ''), mentioning(''))).toEqual([{ kind: 'hello' }]);
  });

  test('a card is answered by whom it was put before, and by nobody else', () => {
    const value = { qiao: 'choice', value: 'confirm', label: '确认提交', for: '29:wang' };
    expect(contents(group, message('1', ''), { value })).toEqual([{ kind: 'choice', value: 'confirm', label: '确认提交' }]);
    expect(contents(inGroup('li', '19:room@thread.v2'), message('2', ''), { value })).toEqual([]);
  });

  test('nobody is welcomed who did not ask', () => {
    expect(read(group, { type: 'conversationUpdate', id: '1', membersAdded: [{ id: '29:li' }, BOT] })).toEqual([]);
  });
});

describe('over Web Chat', () => {
  const web = (conversation: string): Change => ({ ...personal('dl_1'), channelId: 'webchat', conversation: { id: conversation } });

  test('the same name in another conversation is another customer, since a browser may call itself anything', () => {
    const [one, other] = ['c1', 'c2'].map((conversation) => read(web(conversation), message('1', 'x'))[0]?.from);
    expect(one).toEqual({ channel: 'teams', account: 'school', user: '29:dl_1', thread: 'c1' });
    expect(other).not.toEqual(one);
  });
});

describe('whoever comes into a chat of two', () => {
  const comes = (...changes: readonly Change[]) => read(personal('wang'), { type: 'conversationUpdate', id: 'u1' }, ...changes);

  test('is welcomed once, in whichever way the platform tells of it, and the bot is not', () => {
    const added = comes({ membersAdded: [BOT, { id: '29:wang', name: '王老师' }] });
    expect(added).toMatchObject([{ from: { user: '29:wang' }, content: { kind: 'hello' } }]);
    const installed = comes({ type: 'installationUpdate', action: 'add', id: 'u2' });
    expect(installed.map(({ id }) => id)).toEqual(added.map(({ id }) => id));
    expect(comes({ membersAdded: [BOT] }).map(({ id }) => id)).toEqual(added.map(({ id }) => id));
  });

  test('and goes again, or takes the app away, is let go', () => {
    expect(comes({ membersRemoved: [{ id: '29:wang' }] })).toEqual([]);
    expect(comes({ type: 'installationUpdate', action: 'remove' })).toEqual([]);
  });
});

describe('a card that comes back', () => {
  const back = (value: unknown) => contents(personal('wang'), { type: 'message', id: '1', value });

  test('is the filled fields of the form, and nothing else that lies in it', () => {
    const value = { qiao: 'fields', form: 'intake', school: ' 实验小学 ', phone: '13800138000', class: '', role: 'admin', issue: 7 };
    expect(back(value)).toEqual([{ kind: 'fields', values: { school: '实验小学', phone: '13800138000' } }]);
  });

  test('holds no field longer than a form takes', () => {
    const [content] = back({ qiao: 'fields', issue: '长'.repeat(9_000) });
    expect(content).toMatchObject({ values: { issue: '长'.repeat(500) } });
  });

  test.each([{}, { a: 1 }, [], 'text', 7, { qiao: 'choice' }, { qiao: 'drop', value: 'x' }, { qiao: 'choice', value: { $gt: '' } }])(
    'that is none of ours is nothing: %j',
    (value) => {
      expect(back(value)).toEqual([]);
    },
  );
});

describe('what is no activity', () => {
  test.each([null, 7, 'x', [], {}, { type: 'message' }, { type: 'message', channelId: 'msteams', serviceUrl: 'ftp://x' }])(
    'is no message: %j',
    (activity) => {
      expect(decode({ account: 'school', receivedAt: AT, activity })).toEqual([]);
    },
  );
});

describe('a shared file', () => {
  const service = 'https://smba.trafficmanager.net/apac/';

  test.each([
    ['https://smba.trafficmanager.net/apac/v3/attachments/1', true],
    ['https://school-my.sharepoint.com/personal/a?tempauth=x', false],
    ['https://webchat.botframework.com/attachments/1?t=x', false],
  ])('is fetched from where the platform keeps it: %s; our token goes along: %p', (address, own) => {
    expect(trusted(address, service)?.own).toBe(own);
  });

  test.each([
    'http://smba.trafficmanager.net/apac/v3/attachments/1',
    'https://evil.trafficmanager.net/x',
    'https://sharepoint.com.evil.example/x',
    'https://evilsharepoint.com/x',
    'https://school.sharepoint.com:8443/x',
    'http://169.254.169.254/metadata',
    'https://127.0.0.1/x',
    'file:///etc/passwd',
    'x',
  ])('is never fetched from elsewhere: %s', (address) => {
    expect(trusted(address, service)).toBeNull();
  });

  test('that could not be fetched is named without the key in its address', () => {
    expect(unfetched({ contentType: 'application/pdf', contentUrl: 'https://a.sharepoint.com/b.pdf?tempauth=key', name: 'b.pdf' })).toEqual(
      {
        name: 'b.pdf',
        url: 'https://a.sharepoint.com/b.pdf',
        type: 'application/pdf',
        size: 0,
      },
    );
  });
});
