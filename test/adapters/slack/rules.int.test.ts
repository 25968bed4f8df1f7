/** What agents may count on in Slack, over the whole house. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ACTIONS } from '../../../adapters/slack/ids';
import type { SlackOptions } from '../../../adapters/slack/options';
import { MORE } from '../../../adapters/slack/views/buttons';
import { BOT_TOKEN, type Message } from '../../support/slack/workspace';
import { openSlackRig, type SlackRig } from './rig';

describe('the desk in Slack', () => {
  let rig: SlackRig;
  let gateway: Server;
  let gatewayStatus = 200;
  let address = '';
  let count = 0;

  beforeAll(async () => {
    gateway = createServer((request, response) => {
      request.resume();
      if (request.url !== '/photo') return void response.writeHead(gatewayStatus).end();
      const allowed = request.headers.authorization === `Bearer ${BOT_TOKEN}`;
      response.writeHead(allowed ? 200 : 403, { 'content-type': 'image/png' }).end('the bytes');
    }).listen(0, '127.0.0.1');
    await once(gateway, 'listening');
    address = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
    const callback = `${address}/replies`;
    const files: SlackOptions['files'] = {
      async keep(bytes, name) {
        let size = 0;
        for await (const part of bytes) size += part.length;
        if (name.endsWith('.exe')) return { kind: 'refused', reason: 'type-refused', message: '这种文件不能发送' };
        return { kind: 'kept', attachment: { name, url: `https://files.example/${name}`, type: 'image/png', size } };
      },
      openOutside: (attachment) => attachment,
    };
    rig = await openSlackRig({ onDuty: 'S0123456789', files }, { channels: { 投诉专席: 'complaints' }, callback });
  });
  afterAll(async () => {
    await rig.close();
    gateway.close();
  });

  async function waiting() {
    count += 1;
    const customer = `parent${count}`;
    await rig.house.says(customer, '我要转人工');
    const number = await rig.house.ticketOf(customer);
    await rig.until(async () => (await rig.cards(number)).length > 0);
    return { customer, number };
  }
  async function held(by: 'li' | 'zhao' = 'li') {
    const { customer, number } = await waiting();
    await rig.claim(by, number, `claim ${number}`);
    await rig.until(async () => (await rig.house.store.tickets.get(number))?.assignee === by);
    return { customer, number };
  }
  const marksOf = (message: Message | undefined): readonly string[] => (message?.reactions ?? []).map(({ name }) => name);
  const marked = (number: string, ts: string, mark: string): Promise<boolean> =>
    rig.until(async () => {
      const marks = marksOf((await rig.thread(number)).find((one) => one.ts === ts));
      return marks.length === 1 && marks[0] === mark;
    });
  const line = (number: string, text: string): Promise<Message> =>
    rig.until(async () => (await rig.thread(number)).find((one) => one.text.includes(text)));
  const heard = async (customer: string): Promise<string> => {
    await rig.house.conversations.idle();
    return (await rig.house.heard(customer)).join('\n');
  };
  const act = (number: string, event: object) =>
    rig.house.conversations.deliver({
      id: `elsewhere-${count}-${JSON.stringify(event).length}`,
      at: 0,
      ticket: number,
      agent: 'li',
      agentName: '李老师',
      ...event,
      // The spread hides from the compiler which act it is.
    } as Parameters<typeof rig.house.conversations.deliver>[0]);
  async function changed(who: 'li' | 'zhao', number: string, ts: string, before: string, after: string | null) {
    const { channel, ts: thread_ts } = await rig.card(number);
    const previous_message = { type: 'message', user: rig.userOf(who), ts, thread_ts, text: before };
    const common = { type: 'message', channel, ts: `${ts}9`, hidden: true, previous_message };
    return after === null
      ? rig.event({ ...common, subtype: 'message_deleted', deleted_ts: ts })
      : rig.event({ ...common, subtype: 'message_changed', message: { ...previous_message, text: after } });
  }

  describe('what is written in a thread', () => {
    test('stays internal while nobody holds the ticket, and is marked so', async () => {
      const { customer, number } = await waiting();
      const ts = await rig.say('li', number, '这位家长上周也来过');
      await marked(number, ts, 'lock');
      expect(await heard(customer)).not.toContain('上周也来过');
    });

    test('goes to the customer when its writer holds the ticket, and is marked once it is delivered', async () => {
      const { customer, number } = await held();
      const ts = await rig.say('li', number, '请看 <https://school.example/help|帮助> &amp; 重启');
      await marked(number, ts, 'white_check_mark');
      expect(await heard(customer)).toContain('请看 帮助 https://school.example/help & 重启');
    });

    test.each(['//', '／／ '])('stays internal behind %s', async (sign) => {
      const { customer, number } = await held();
      const ts = await rig.say('li', number, `${sign}先不要答应退费`);
      await marked(number, ts, 'lock');
      expect(await heard(customer)).not.toContain('退费');
      expect((await rig.house.store.tickets.get(number))?.events.at(-1)).toMatchObject({ kind: 'note', data: { text: '先不要答应退费' } });
    });

    test('right after the click on 认领 goes to the customer', async () => {
      const { customer, number } = await waiting();
      await rig.claim('li', number, `claim ${number}`);
      await rig.say('li', number, '您好，我来处理');
      expect(await heard(customer)).toContain('您好，我来处理');
    });

    test('by somebody else than the holder stays internal, and its writer is asked to take over', async () => {
      const { customer, number } = await held('li');
      const ts = await rig.say('zhao', number, '我来回答');
      await marked(number, ts, 'lock');
      await rig.until(async () => (await rig.told('zhao')).includes(`工单 ${number} 正由李老师处理，您刚才写的只作为内部备注`));
      expect(await heard(customer)).not.toContain('我来回答');
      await rig.press('zhao', number, ACTIONS.takeOver, `sure ${number}`, { value: `${number} sure` });
      await rig.until(async () => (await rig.house.store.tickets.get(number))?.assignee === 'zhao');
      await rig.say('zhao', number, '现在由我回答');
      expect(await heard(customer)).toContain('现在由我回答');
    });

    test('has gone out already when it is edited or deleted, and its writer is told', async () => {
      const { number } = await held();
      const ts = await rig.say('li', number, '明天上门');
      await marked(number, ts, 'white_check_mark');
      expect(await changed('li', number, ts, '明天上门', '后天上门')).toBe(200);
      await rig.until(async () => (await rig.told('li')).includes('修改不会同步给客户'));
      expect(await changed('li', number, ts, '明天上门', null)).toBe(200);
      await rig.until(async () => (await rig.told('li')).includes('删除不会把它收回'));
    });

    test('by a program, outside a thread, in another thread or in another channel is nobody’s act', async () => {
      const { number } = await held();
      const { channel, ts: thread_ts } = await rig.card(number);
      const user = rig.userOf('li');
      const loose = await rig.slack.write(user, channel, '午饭吃什么');
      const common = { type: 'message', user, text: '午饭吃什么' };
      for (const event of [
        { ...common, channel, ts: '1.1', thread_ts, bot_id: 'B1' },
        { ...common, channel, ts: '1.2', thread_ts, subtype: 'channel_join' },
        { ...common, channel, ts: loose },
        { ...common, channel, ts: '1.3', thread_ts: loose },
        { ...common, channel: rig.slack.channel.elsewhere, ts: '1.4', thread_ts },
      ]) {
        expect(await rig.event(event)).toBe(200);
      }
      const kinds = (await rig.house.store.tickets.get(number))?.events.map(({ kind }) => kind);
      expect(kinds).toEqual(['opened', 'claimed']);
    });

    test('with a mention of the app comes twice and counts once', async () => {
      const { number } = await held();
      const { channel, ts: thread_ts } = await rig.card(number);
      const text = '<@U0QIAO> 请稍等';
      const ts = await rig.slack.write(rig.userOf('li'), channel, text, thread_ts);
      const event = { channel, user: rig.userOf('li'), text, ts, thread_ts };
      expect(await rig.event({ ...event, type: 'app_mention' })).toBe(200);
      expect(await rig.event({ ...event, type: 'message' })).toBe(200);
      await rig.house.conversations.idle();
      const replies = (await rig.house.store.tickets.get(number))?.events.filter(({ kind }) => kind === 'replied');
      expect(replies).toHaveLength(1);
    });
  });

  describe('files in a thread', () => {
    async function share(number: string, text: string, files: readonly object[]) {
      const { channel, ts: thread_ts } = await rig.card(number);
      const user = rig.userOf('li');
      const ts = await rig.slack.write(user, channel, text || '(file)', thread_ts);
      const event = { type: 'message', subtype: 'file_share', channel, user, text, ts, thread_ts, files };
      expect(await rig.event(event)).toBe(200);
      await rig.house.conversations.idle();
      return (await rig.house.store.tickets.get(number))?.events.find(({ kind }) => kind === 'replied')?.data;
    }

    test('of the holder go to the customer with the words beside them', async () => {
      const { number } = await held();
      const said = await share(number, '见图', [{ name: '步骤.png', url_private: `${address}/photo` }]);
      expect(said).toMatchObject({ text: '见图', attachments: [{ name: '步骤.png', url: 'https://files.example/步骤.png', size: 9 }] });
    });

    test('that cannot go out are named to the agent, and the words go all the same', async () => {
      const { number } = await held();
      const files = [
        { name: '补丁.exe', url_private: `${address}/photo` },
        { name: '表格', is_external: true, url_private: 'https://drive.example/1' },
        { name: '别处', url_private: 'https://evil.example/photo' },
        { name: '无权', url_private: `${address}/photo-of-others` },
      ];
      gatewayStatus = 404;
      const said = await share(number, '请看附件', files);
      gatewayStatus = 200;
      expect(said).toMatchObject({ text: '请看附件' });
      expect(said).not.toHaveProperty('attachments');
      const told = await rig.until(async () => (await rig.told('li')).includes('没有发给客户') && rig.told('li'));
      for (const part of ['「补丁.exe」这种文件不能发送', '「表格」不在 Slack 里', '「别处」不在 Slack 里', '「无权」取不到'])
        expect(told).toContain(part);
    });
  });

  test('nothing is acknowledged that could not be stored; what Slack sends again gets through', async () => {
    const { customer, number } = await held();
    rig.storeAway(true);
    expect(await rig.write('li', number, '稍等，我查一下', `w ${number}`)).toBe(false);
    expect(await rig.press('li', number, ACTIONS.return, `r ${number}`)).not.toBe(200);
    rig.storeAway(false);
    expect(await rig.write('li', number, '稍等，我查一下', `w ${number}`)).toBe(true);
    expect(await heard(customer)).toContain('稍等，我查一下');
  });

  test('words that could not be delivered are marked, with the reason, and are sent once more by a click', async () => {
    const { number } = await held();
    gatewayStatus = 400;
    const ts = await rig.say('li', number, '请明天再试');
    await marked(number, ts, 'warning');
    const failure = await line(number, '没有送达客户');
    gatewayStatus = 200;
    const resend = (failure.blocks ?? []).flatMap((block) => ('elements' in block ? (block.elements as { value: string }[]) : [])).at(0);
    await rig.press('li', number, ACTIONS.resend, `again ${number}`, { value: resend?.value ?? '' });
    await marked(number, ts, 'white_check_mark');
  });

  test('what a colleague answers at another desk stands in the thread, with its state', async () => {
    const { number } = await held();
    await act(number, { kind: 'reply', text: '从网页回复' });
    await rig.until(async () => (await rig.thread(number)).some(({ text }) => text.includes('从网页回复') && text.includes('✅')));
  });

  test('the result is marked once the customer has it, and a failure says what to do instead', async () => {
    const { number } = await held();
    await act(number, { kind: 'resolve', result: '已补发短信' });
    const result = await line(number, '已解决：已补发短信');
    await marked(number, result.ts, 'white_check_mark');
    const other = await held();
    gatewayStatus = 400;
    await act(other.number, { kind: 'resolve', result: '已退费' });
    const lost = await line(other.number, '已解决：已退费');
    await marked(other.number, lost.ts, 'warning');
    const failure = await line(other.number, '没有送达客户');
    expect(failure.text).toContain('请重新打开工单');
    expect(failure.blocks ?? []).toEqual([]);
  });

  test('customers can neither page a channel nor disguise a link', async () => {
    const { customer, number } = await waiting();
    await rig.house.says(customer, '<!channel> <https://bad.example|学校官网>');
    const shown = await line(number, 'bad.example');
    expect(shown.text).toContain('&lt;!channel&gt; &lt;https://bad.example|学校官网&gt;');
  });

  test('taking over out of the menu is asked once more while a colleague holds the ticket', async () => {
    const { number } = await held('li');
    await rig.press('zhao', number, MORE, `menu ${number}`, { value: `${ACTIONS.takeOver} ${number}` });
    await rig.until(async () => (await rig.told('zhao')).includes(`工单 ${number} 正由李老师处理，确定接手吗？`));
    expect(await rig.house.store.tickets.get(number)).toMatchObject({ assignee: 'li' });
  });

  test('the full phone is shown to the holder alone, and refused to others', async () => {
    const { customer, number } = await waiting();
    await rig.house.says(customer, '我的电话是13812345678');
    await rig.claim('li', number, `claim ${number}`);
    await rig.until(async () => (await rig.cards(number))[0]?.includes('138****5678'));
    await rig.press('zhao', number, ACTIONS.phone, `phone zhao ${number}`);
    await rig.until(async () => (await rig.told('zhao')).includes('只有处理人和主管可以查看完整号码'));
    await rig.press('li', number, ACTIONS.phone, `phone li ${number}`);
    await rig.until(async () => (await rig.told('li')).includes(`${number}：13812345678`));
    await line(number, '李老师查看了完整号码');
    expect((await rig.told('zhao')).includes('13812345678')).toBe(false);
  });

  test('a number in the words of a customer is masked, before and after the card stands, and shown by a look', async () => {
    await rig.house.says('numbers', '请打 139-0013-9000');
    await rig.house.says('numbers', '我要转人工');
    const number = await rig.house.ticketOf('numbers');
    await rig.until(async () => (await rig.cards(number)).length > 0);
    await rig.claim('li', number, `claim ${number}`);
    await rig.house.says('numbers', '或者 +8613700137000');
    await line(number, '137****7000');
    expect((await rig.thread(number)).map(({ text }) => text).join()).not.toMatch(/139-?0013-?9000|13700137000/);
    await rig.press('li', number, ACTIONS.phone, `phone ${number}`);
    await rig.until(async () => (await rig.told('li')).includes('对话中提到') && (await rig.told('li')).includes('13700137000'));
  });

  test('an alarm that pages stands in the thread and calls who is on duty, with a link and 确认收到', async () => {
    const { number } = await held();
    await act(number, { kind: 'escalate', reason: '家长要求主管答复' });
    await line(number, '家长要求主管答复');
    const page = await rig.until(async () =>
      (await rig.slack.messages(rig.slack.channel.supervisors)).find(({ text }) => text.includes(number)),
    );
    expect(page.text).toContain('<!subteam^S0123456789>');
    expect(page.text).toContain('/archives/');
    await rig.press('li', number, ACTIONS.acknowledge, `seen ${number}`);
    await line(number, '已确认收到');
  });

  test('a ticket that goes to another department goes to its channel, the old thread says where, and both are listened to', async () => {
    const { customer, number } = await held();
    const old = await rig.card(number);
    await act(number, { kind: 'assign', to: { department: '投诉专席' } });
    const moved = await rig.until(async () => {
      const card = await rig.card(number);
      return card.channel === rig.slack.channel.complaints && card;
    });
    const pointer = await rig.until(async () => (await rig.slack.thread(old.channel, old.ts)).find(({ text }) => text.includes('已转到')));
    expect(pointer.text).toContain(moved.ts.replace('.', ''));
    await line(number, '我要转人工');
    await rig.until(async () => JSON.stringify(await rig.slack.messages(old.channel)).includes('已转到'));
    await rig.claim('zhao', number, `claim again ${number}`);
    await rig.until(async () => (await rig.house.store.tickets.get(number))?.assignee === 'zhao');
    await rig.say('zhao', number, '由投诉专席处理');
    expect(await heard(customer)).toContain('由投诉专席处理');
    const user = rig.userOf('zhao');
    const ts = await rig.slack.write(user, old.channel, '在旧的讨论里写', old.ts);
    await rig.event({ type: 'message', channel: old.channel, user, text: '在旧的讨论里写', ts, thread_ts: old.ts });
    expect(await heard(customer)).toContain('在旧的讨论里写');
  });

  test('a card that somebody deleted is put up again with the next change', async () => {
    const { number } = await waiting();
    const { channel, ts } = await rig.card(number);
    await rig.slack.remove(channel, ts);
    await act(number, { kind: 'claim' });
    await rig.until(async () => (await rig.cards(number)).at(-1)?.includes('李老师'));
    await line(number, '我要转人工');
    await rig.say('li', number, '我还在');
    await line(number, '我还在');
    expect(await rig.cards(number)).toHaveLength(1);
  });

  test('a notice stands in the channel it is for, once', async () => {
    const notice = { id: 'queue@1', at: 0, to: 'supervisors' as const, title: '排队过长', text: '12 人在等', page: true };
    await rig.house.store.notices.insert({ _id: notice.id, notice, told: [], open: true, tries: 0, notBefore: 0, at: new Date(0) });
    await rig.until(async () => (await rig.house.store.notices.get(notice.id))?.open === false);
    const shown = (await rig.slack.messages(rig.slack.channel.supervisors)).filter(({ text }) => text.includes('12 人在等'));
    expect(shown.map(({ text }) => text)).toEqual(['<!subteam^S0123456789> *排队过长*\n12 人在等']);
  });
});
