/** The built program between real mail servers, over TLS: a mother's mails become a ticket. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CERTIFICATE, certificate } from '../../support/email/certificate';
import { type Mailbox, openMailbox, PASSWORD, USER } from '../../support/email/mailbox';
import { openPostOffice, type PostOffice } from '../../support/email/postOffice';
import { write } from '../../support/email/write';
import { type Running, startServer } from '../../support/program';
import { until } from '../../support/until';

const API_TOKEN = 'a token for the tickets api';
const MOTHER = 'wang@parents.example';
const HELP = 'help@school.example';

describe('mails and the built program', () => {
  let dir: string;
  let mailbox: Mailbox;
  let office: PostOffice;
  let server: Running;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'qiao-email-journey-'));
    mailbox = await openMailbox({ secured: certificate });
    office = await openPostOffice({ user: 'sender', password: 'smtp password', ...certificate });
    const account = {
      account: 'help',
      address: HELP,
      imap: { host: '127.0.0.1', port: mailbox.port, user: USER, password: PASSWORD },
      smtp: { host: '127.0.0.1', port: office.port, secure: 'starttls', user: 'sender', password: 'smtp password' },
    };
    server = await startServer(dir, { API_TOKEN, EMAIL_ACCOUNTS: JSON.stringify([account]), NODE_EXTRA_CA_CERTS: CERTIFICATE });
    await until(() => mailbox.asked('IDLE') > 0, 'the mailbox is read');
  });
  afterAll(async () => {
    await server.stop();
    await Promise.all([mailbox.close(), office.close()]);
    await rm(dir, { recursive: true, force: true });
  });

  async function say(mail: Parameters<typeof write>[0], nth: number) {
    mailbox.deliver(await write({ from: `"王小明妈妈" <${MOTHER}>`, to: HELP, ...mail }));
    await until(() => office.for(MOTHER).length >= nth, `answer ${nth} came`);
    const answer = office.for(MOTHER)[nth - 1]?.mail;
    if (!answer) throw new Error('no answer');
    return answer;
  }

  test('one question and one answer with all that was asked make a ticket, in one thread', async () => {
    const first = await say({ subject: '我要登记一个问题', text: '老师好，麻烦了。', messageId: '<m1@parents.example>' }, 1);
    expect(first.subject).toBe('Re: 我要登记一个问题');
    expect(first.text).toMatch(/学校：\n班级：\n姓名：\n手机号码：/);
    expect(first.inReplyTo).toBe('<m1@parents.example>');

    const filled = [
      '学校：实验小学',
      '班级：三年级2班',
      '姓名：王小明',
      '手机号码：13800138000',
      '事由：这周一直收不到孩子的到校短信',
      '',
      '在 2026-11-22 10:00:00，"家校互动服务台" <help@school.example> 写道：',
      ...(first.text ?? '').split('\n').map((line) => `> ${line}`),
    ].join('\n');
    const second = await say(
      {
        subject: first.subject,
        text: filled,
        messageId: '<m2@parents.example>',
        inReplyTo: first.messageId,
        references: ['<m1@parents.example>', first.messageId ?? ''],
      },
      2,
    );
    expect(second.text).toContain('13800138000');
    const third = await say({ subject: second.subject, text: '确认', messageId: '<m3@parents.example>', inReplyTo: second.messageId }, 3);

    const response = await fetch(`${server.url}/api/tickets`, { headers: { authorization: `Bearer ${API_TOKEN}` } });
    const { tickets } = (await response.json()) as {
      tickets: { number: string; channel: string; slots: Record<string, { value: string }> }[];
    };
    expect(tickets).toHaveLength(1);
    expect(tickets[0]).toMatchObject({ channel: 'email' });
    expect(third.text).toContain(tickets[0]?.number);
    expect(third.subject).toBe(`Re: 我要登记一个问题 [T-${tickets[0]?.number}]`);
  });
});
