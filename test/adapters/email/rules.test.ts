/** What the channel makes of a mail before any server is asked: who wrote it, what it is called, whose thread it is in. */
import { bounceIn } from '../../../adapters/email/bounce';
import { compose } from '../../../adapters/email/compose';
import { encode, html } from '../../../adapters/email/encode';
import { channelError } from '../../../adapters/email/failure';
import { createNames, effectMark, mailId, threadFrom, ticketsIn } from '../../../adapters/email/ids';
import { unanswered } from '../../../adapters/email/machine';
import { parse } from '../../../adapters/email/parse';
import { answering, threadOf } from '../../../adapters/email/threads';
import { wordsOf } from '../../../adapters/email/words';
import type { Reply } from '../../../dialogs/vocabulary';
import { lines } from '../../support/email/write';

const names = createNames('a secret for message ids');
const own = new Set(['help@school.example']);
const MOTHER = 'wang@parents.example';
const mail = (headers: readonly string[], body = '收不到短信') =>
  parse(lines(`From: ${MOTHER}`, 'Content-Type: text/plain; charset=utf-8', ...headers, '', body));
const why = async (...headers: string[]) => unanswered(await mail(headers), own, 'mx.school.example');
const words = async (subject: string, body: string) =>
  wordsOf(await mail([`Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`], body), () => false);

describe('machines are never answered', () => {
  test.each([
    ['auto', 'Auto-Submitted: auto-replied'],
    ['auto', 'Auto-Submitted: auto-generated; reason=vacation'],
    ['auto', 'X-Auto-Response-Suppress: All'],
    ['auto', 'X-Auto-Response-Suppress: DR, OOF, AutoReply'],
    ['auto', 'X-Autoreply: yes'],
    ['auto', 'Precedence: junk'],
    ['auto', 'Precedence: auto_reply'],
    ['bulk', 'Precedence: bulk'],
    ['bulk', 'Precedence: list'],
    ['bulk', 'List-Id: <parents.school.example>'],
    ['bulk', 'List-Unsubscribe: <mailto:x@list.example>'],
    ['bounce', 'Return-Path: <>'],
  ])('%s: %s', async (kind, header) => {
    expect(await why(header)).toBe(kind);
  });

  test('nor our own mailboxes, daemons and those who cannot be answered', async () => {
    const from = async (address: string) => unanswered(await parse(lines(`From: ${address}`, '', 'x')), own, undefined);
    expect(
      await Promise.all(
        ['Help <HELP@school.example>', 'MAILER-DAEMON@mx.example', 'no-reply@shop.example', 'postmaster@qq.example', ''].map(from),
      ),
    ).toEqual(['own', 'bounce', 'bounce', 'bounce', 'senderless']);
  });

  test('a person is, whatever else the header says', async () => {
    expect(
      await why('Auto-Submitted: no', 'X-Auto-Response-Suppress: DR', 'Return-Path: <wang@parents.example>', 'X-Mailer: QQMail 2.x'),
    ).toBeNull();
  });

  test('a sender whom our own server found forged is not taken for the customer', async () => {
    expect(await why('Authentication-Results: mx.school.example; spf=fail; dmarc=fail header.from=parents.example')).toBe('forged');
    expect(await why('Authentication-Results: mx.school.example; spf=softfail; dkim=none')).toBe('forged');
    expect(await why('Authentication-Results: mx.school.example; spf=fail; dkim=pass; dmarc=pass')).toBeNull();
    // An envelope is the sender's own choice of words.
    for (const envelope of ['dmarc=pass@evil.example', '"; dmarc=pass"@evil.example', 'x@evil.example (; dmarc=pass )'])
      expect(await why(`Authentication-Results: mx.school.example; spf=pass smtp.mailfrom=${envelope}; dmarc=fail`)).toBe('forged');
    // What the sender wrote there proves nothing, for or against.
    expect(await why('Authentication-Results: evil.example; dmarc=fail')).toBeNull();
    const both = ['Authentication-Results: mx.school.example; dmarc=fail', 'Authentication-Results: mx.school.example; dmarc=pass'];
    expect(await why(...both)).toBe('forged');
  });
});

describe('the subject belongs to the message', () => {
  test.each([
    ['怎么退订？', '', '怎么退订？'],
    ['怎么退订？', '谢谢', '怎么退订？\n谢谢'],
    ['怎么退订', '怎么退订？急', '怎么退订？急'],
    ['Re: 怎么退订？', '好的', '好的'],
    ['回复：Re: 怎么退订？ [T-20261122-0007]', '好的', '好的'],
    ['转发: 缴费通知', '', '缴费通知'],
    ['(无主题)', '收不到短信', '收不到短信'],
    ['', '收不到短信', '收不到短信'],
    ['[T-20261122-0007]', '还是不行', '还是不行'],
  ])('%s / %s', async (subject, body, said) => {
    expect(await words(subject, body)).toBe(said);
  });
});

describe('charsets of Chinese mail', () => {
  test.each([
    ['gb2312', [0xca, 0xd5, 0xb2, 0xbb, 0xb5, 0xbd], '收不到'],
    ['gbk', [0x88, 0xcf, 0xb2, 0xbb, 0xb5, 0xbd], '埾不到'],
    ['gb18030', [0xca, 0xd5, 0xb2, 0xbb, 0xb5, 0xbd, 0x95, 0x32, 0x82, 0x36], '收不到𠀀'],
    ['big5', [0xa6, 0xac, 0xa4, 0xa3, 0xa8, 0xec], '收不到'],
  ])('%s', async (charset, bytes, text) => {
    const head = lines(
      `From: ${MOTHER}`,
      `Subject: =?${charset}?B?${Buffer.from(bytes).toString('base64')}?=`,
      `Content-Type: text/plain; charset=${charset}`,
      'Content-Transfer-Encoding: 8bit',
      '',
    );
    const letter = await parse(Buffer.concat([head, Buffer.from(bytes)]));
    expect([letter.subject, letter.text.trim()]).toEqual([text, text]);
  });
});

describe('how mails are named', () => {
  const sent = { account: 'help', address: MOTHER, thread: threadFrom('m1'), key: 'email:help:m1:0' };

  test('our Message-ID is the same for the same reply, and opens its thread to its addressee alone', () => {
    const id = names.ours(sent, 'school.example');
    expect(names.ours(sent, 'school.example')).toBe(id);
    expect(names.read(id, 'help', MOTHER)).toEqual({ thread: sent.thread, effect: effectMark(sent.key) });
    expect(names.read(id.toUpperCase(), 'help', MOTHER)).not.toBeNull();
    expect(names.read(id, 'help', 'stranger@parents.example')).toBeNull();
    expect(names.read(id, 'second', MOTHER)).toBeNull();
    expect(createNames('another secret of ours').read(id, 'help', MOTHER)).toBeNull();
    expect(names.read('m1@parents.example', 'help', MOTHER)).toBeNull();
  });

  test('a mail without a Message-ID is known again by what it says', async () => {
    const [one, again, other] = await Promise.all([mail([], '收不到短信'), mail([], '收不到短信'), mail([], '怎么退订')]);
    expect(mailId(one)).toBe(mailId(again));
    // A log masks what looks like a telephone number.
    expect(mailId(one)).toMatch(/^[a-p]{32}$/);
    expect(mailId(one)).not.toBe(mailId(other));
  });

  test('a Message-ID of somebody else’s mail does not pass for theirs', async () => {
    const [hers, copy] = [
      await mail(['Message-ID: <m1@parents.example>']),
      await parse(lines('From: evil@x.example', 'Message-ID: <m1@parents.example>', '', 'x')),
    ];
    expect(mailId(hers)).not.toBe(mailId(copy));
  });
});

describe('threads', () => {
  const person = {
    mails: [{ id: 'a'.repeat(32), messageId: 'm1@parents.example', references: [], subject: '短信', thread: 'f'.repeat(16) }],
    sent: [],
    owed: [],
    pictures: [],
  };
  const ticket = {
    number: '20261122-0007',
    key: `email:help:${'a'.repeat(32)}:1`,
    customer: { channel: 'email', account: 'help', user: MOTHER },
  } as const;
  const tickets = { get: async (number: string) => (number === ticket.number ? ticket : null), of: async () => [ticket] };
  const where = { account: 'help', id: 'b'.repeat(32), address: MOTHER };
  const thread = async (headers: string[], at = where, of = person) => threadOf(await mail(headers), at, of, { names, tickets });
  const ours = names.ours({ account: 'help', address: MOTHER, thread: 'e'.repeat(16), key: 'k:0' }, 'school.example');
  const fresh = threadFrom(where.id);

  test('what is answered comes first, then the newest reference, then the ticket in the subject', async () => {
    expect(await thread([`In-Reply-To: <${ours}>`, 'References: <m1@parents.example>', 'Subject: [T-20261122-0007]'])).toBe('e'.repeat(16));
    expect(await thread([`References: <${ours}> <m1@parents.example>`])).toBe('f'.repeat(16));
    expect(await thread(['In-Reply-To: <unknown@x>', 'Subject: Re: x [T-20261122-0007]'])).toBe('f'.repeat(16));
    expect(await thread(['Subject: 另一件事'])).toBe(fresh);
  });

  test('a stranger who quotes our mail or a ticket gets a thread of their own', async () => {
    const stranger = { ...where, address: 'stranger@x.example' };
    const nobody = { ...person, mails: [] };
    expect(await thread([`In-Reply-To: <${ours}>`, 'Subject: [T-20261122-0007]'], stranger, nobody)).toBe(fresh);
    expect(await thread(['Subject: [T-20261122-0007]'], { ...where, account: 'second' }, nobody)).toBe(fresh);
    expect(ticketsIn('Re: [T-20261122-0007] x [t-20261122-12345]')).toEqual(['20261122-0007', '20261122-12345']);
  });

  test('an agent’s words go under the mail their ticket came from, the answer to a mail under that mail, all else under the latest', () => {
    const to = ticket.customer;
    const later = { id: 'c'.repeat(32), messageId: 'm9@parents.example', references: [], subject: '退订', thread: 'd'.repeat(16) };
    const both = { ...person, mails: [...person.mails, later] };
    expect(answering('desk:20261122-0007:act1:0', to, both, [ticket])).toMatchObject({ mail: { messageId: 'm1@parents.example' }, ticket });
    expect(answering(`email:help:${'c'.repeat(32)}%2f1:0`, to, both, [ticket])).toMatchObject({ mail: later, ticket: null });
    expect(answering('email:help:x/idle@5:0', to, both, [ticket])).toMatchObject({ mail: later, ticket: null });
  });
});

describe('what we write', () => {
  const blank = (name: 'school' | 'class' | 'remark', label: string, required: boolean, value?: string) => ({
    name,
    label,
    required,
    ...(value && { value }),
  });

  test('a form is asked for in one mail, with a line for each field that is missing', () => {
    const fields = [
      blank('school', '学校', true, '实验小学'),
      blank('class', '班级', true),
      { ...blank('school', '姓名', true) },
      blank('remark', '备注', false),
    ];
    const reply: Reply = { kind: 'form', text: '请问孩子在哪个班？', form: 'intake', asking: 'class', fields, options: [] };
    expect(encode(reply)[0]?.text).toBe('请问孩子在哪个班？\n\n为了少写几封信，请在回信中一次补充：\n班级：\n姓名：\n备注（选填）：');
    const last: Reply = { ...reply, fields: fields.slice(0, 2) };
    expect(encode(last)[0]?.text).toBe('请问孩子在哪个班？');
  });

  test('nothing a customer or an agent wrote becomes markup', () => {
    expect(html('<script>alert("1")</script> & 您好')).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; 您好');
  });

  test('a mail of the desk says that no person wrote it, an agent’s says who did, and a refused file is named', () => {
    const found = {
      thread: 'f',
      mail: { id: 'a', messageId: 'm1@x', references: ['m0@x'], subject: '短信', thread: 'f' },
      ticket: { number: '20261122-0007', key: '', customer: { channel: 'email', account: 'help', user: MOTHER } },
    } as const;
    const [body] = encode({ kind: 'text', text: '您好' });
    if (!body) throw new Error('no body');
    const bot = compose({ kind: 'text', text: '您好' }, body, found, {
      brand: '服务台',
      owed: [{ name: 'x.exe', why: '这种文件不能发送' }],
    });
    expect(bot).toMatchObject({
      subject: 'Re: 短信 [T-20261122-0007]',
      inReplyTo: '<m1@x>',
      references: ['<m0@x>', '<m1@x>'],
      headers: { 'Auto-Submitted': 'auto-replied' },
    });
    expect(bot.text).toContain('以下附件我们没有收到：\n· x.exe：这种文件不能发送');
    const agent = compose({ kind: 'text', text: '您好', from: '李老师' }, body, found, { brand: '服务台', owed: [] });
    expect(agent.headers).not.toHaveProperty('Auto-Submitted');
    expect(agent.text).toMatch(/\n-- \n李老师\n服务台$/);
  });
});

describe('what was made to be too much', () => {
  const long = 'x'.repeat(100_000);

  test('no subject, name or name of a file is kept longer than anybody reads, and an address no server takes is none', async () => {
    const letter = await parse(
      lines(
        `From: "${long}" <wang@parents.example>`,
        `Subject: ${'[T-20261122-0007] '.repeat(5_000)}`,
        `Content-Type: application/zip; name="${long}.zip"`,
        '',
        'PK',
      ),
    );
    expect([letter.subject.length, letter.from?.name.length, letter.enclosed[0]?.name.length].every((length = 0) => length <= 500)).toBe(
      true,
    );
    expect((await parse(lines(`From: ${long}@parents.example`, '', 'x'))).from).toBeNull();
  });

  test('of a text without end the beginning is looked at', async () => {
    const letter = await mail(['Subject: x'], '在吗');
    let looked = 0;
    const isOurs = (): boolean => {
      looked += 1;
      return false;
    };
    expect(wordsOf({ ...letter, text: '> 1\n'.repeat(1_000_000) }, isOurs)).toContain('1');
    expect(looked).toBeLessThan(300_000);
  });
});

describe('what a server’s refusal means', () => {
  const failure = (fields: object) => channelError(Object.assign(new Error('x'), fields));
  test.each([
    [{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 }, false],
    [{ code: 'EMESSAGE', command: 'DATA', responseCode: 554 }, false],
    [{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 451 }, true],
    [{ code: 'ECONNECTION', command: 'CONN' }, true],
    [{ code: 'EPROTOCOL', command: 'CONN', responseCode: 554 }, true],
    [{ code: 'ETIMEDOUT' }, true],
    [{ code: 'EAUTH', responseCode: 535 }, true],
    [{ code: 'EENVELOPE' }, false],
  ])('%j: may be tried again: %s', (fields, retryable) => {
    expect(failure(fields).retryable).toBe(retryable);
  });
});

describe('mails that come back', () => {
  const id = names.ours({ account: 'help', address: MOTHER, thread: 'e'.repeat(16), key: 'k:0' }, 'school.example');
  const report = (action: string, original = id, recipient = MOTHER, headers: readonly string[] = []) =>
    parse(
      lines(
        'From: Mail Delivery System <MAILER-DAEMON@mx.example>',
        'Subject: Undelivered Mail Returned to Sender',
        'MIME-Version: 1.0',
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'sorry',
        '',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.example',
        '',
        `Final-Recipient: rfc822; ${recipient}`,
        `Action: ${action}`,
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1 no such user',
        '',
        '--b',
        'Content-Type: message/rfc822',
        '',
        ...headers,
        `Message-ID: <${original}>`,
        'Subject: Re: x',
        '',
        'ours',
        '--b--',
      ),
    );

  test('a report names the reply, whom it was for and why it came back', async () => {
    expect(bounceIn(await report('failed'), 'help', names)).toEqual({
      effect: effectMark('k:0'),
      address: MOTHER,
      reason: '550 5.1.1 no such user',
    });
  });

  test('a delay is no end, and a report of somebody else’s mail none of ours', async () => {
    expect(bounceIn(await report('delayed'), 'help', names)).toBeNull();
    expect(bounceIn(await report('failed', 'x@other.example'), 'help', names)).toBeNull();
    expect(bounceIn(await report('failed', id, 'stranger@x.example'), 'help', names)).toBeNull();
  });

  test('of a thread the mail that came back is meant, not those it refers to', async () => {
    const first = names.ours({ account: 'help', address: MOTHER, thread: 'e'.repeat(16), key: 'first:0' }, 'school.example');
    const read = await report('failed', id, MOTHER, [
      `In-Reply-To: <m2@parents.example>`,
      `References: <${first}>`,
      ' <m2@parents.example>',
    ]);
    expect(bounceIn(read, 'help', names)).toMatchObject({ effect: effectMark('k:0') });
  });

  test('a report made of a thousand names of mails and a thousand addresses is not tried out to its end', async () => {
    let read = 0;
    const counting: typeof names = {
      ...names,
      read() {
        read += 1;
        return null;
      },
    };
    const made = Array.from({ length: 1_000 }, (_, n) => id.replace(/[0-9a-f]{32}/, n.toString(16).padStart(32, '0')));
    const addresses = Array.from({ length: 1_000 }, (_, n) => `a${n}@b.example`);
    const letter = await parse(lines('From: x@b.example', 'Subject: Undelivered', '', ...made, ...addresses));
    expect(bounceIn(letter, 'help', counting)).toBeNull();
    expect(read).toBeLessThan(2_000);
  });

  test('QQ 邮箱 and others report in plain words', async () => {
    const plain = await parse(
      lines(
        'From: PostMaster@qq.example',
        'Subject: =?utf-8?B?6YCA5L+h6YCa55+l?=',
        'Content-Type: text/html; charset=utf-8',
        '',
        `<p>收件人 ${MOTHER} 不存在</p><p>Message-ID: &lt;${id}&gt;</p>`,
      ),
    );
    expect(plain.subject).toBe('退信通知');
    expect(bounceIn(plain, 'help', names)).toMatchObject({ address: MOTHER, reason: '退信' });
  });
});
