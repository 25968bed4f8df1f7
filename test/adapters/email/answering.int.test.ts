/** What customers get, over real mail servers: once, in their thread, with what they must know, and never in a circle with a machine. */
import { memoryInbox } from '../../support/channelContract';
import { lines, write } from '../../support/email/write';
import { until } from '../../support/until';
import { type EmailRig, openRig } from './rig';

const MOTHER = 'wang@parents.example';
const HELP = 'help@school.example';
const HOUR_MS = 3_600_000;
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
/** The same picture with so much behind it that it is more than a logo. */
const photo = Buffer.concat([png, Buffer.alloc(8 * 1024)]);

describe('an answer by mail', () => {
  let inbox: ReturnType<typeof memoryInbox>;
  let rig: EmailRig;
  let now: number;
  beforeEach(async () => {
    inbox = memoryInbox();
    now = Date.now();
    rig = await openRig(inbox.accept, { answersPerHour: 3, now: () => now, patience: { mailBytes: 100_000 } });
  });
  afterEach(() => rig.close());

  const to = (user = MOTHER) => ({ channel: 'email', account: 'help', user }) as const;
  const answer = (key: string, text: string, user = MOTHER) => rig.email.send({ key, seq: 1, to: to(user), reply: { kind: 'text', text } });
  const receive = async (mail: Parameters<typeof write>[0]) => rig.deliver(await write({ from: MOTHER, to: HELP, ...mail }));
  /** The key of the first effect of the latest mail. */
  const keyOfLast = (n = 0): string => `email:help:${inbox.stored.filter(({ part }) => !part).at(-1)?.id}:${n}`;
  const got = (user = MOTHER) => rig.office.for(user).map(({ mail }) => mail);

  test('goes under the mail it answers, says that a machine wrote it, and carries its Message-ID again when it is repeated', async () => {
    await receive({ subject: '收不到短信', text: '怎么办', messageId: '<m1@parents.example>' });
    const person = `person:help:${MOTHER}`;
    const before = rig.notebook.notes.get(person);
    if (!before) throw new Error('nothing is remembered');
    await answer(keyOfLast(), '请重启手机。');
    const [mail] = got();
    expect(mail).toMatchObject({ subject: 'Re: 收不到短信', inReplyTo: '<m1@parents.example>', references: '<m1@parents.example>' });
    expect(mail?.headers.get('auto-submitted')).toBe('auto-replied');
    expect(mail?.from?.value).toEqual([{ name: '家校互动服务台', address: HELP }]);
    expect(mail?.html).toContain('请重启手机。');
    // As after a crash between the server's answer and our note of it.
    rig.notebook.notes.set(person, before);
    await answer(keyOfLast(), '请重启手机。');
    expect(got()).toHaveLength(2);
    expect(got()[1]?.messageId).toBe(mail?.messageId);
  });

  test('is sent once, however often it is handed over, at the same time or later', async () => {
    await receive({ text: '怎么办' });
    rig.office.answer(() => ({ late: 100 }));
    await Promise.all([answer(keyOfLast(), '请重启。'), answer(keyOfLast(), '请重启。')]);
    await answer(keyOfLast(), '请重启。');
    expect(got()).toHaveLength(1);
  });

  test('an answer to ours comes back into the same thread with the ticket in its subject', async () => {
    await receive({ subject: '收不到短信', text: '怎么办', messageId: '<m1@parents.example>' });
    rig.tickets.push({ number: '20261122-0007', key: keyOfLast(1), customer: to() });
    await answer(keyOfLast(), '已登记。');
    const [first] = got();
    expect(first?.subject).toBe('Re: 收不到短信 [T-20261122-0007]');
    await receive({ subject: '另一件事', text: '怎么退订', messageId: '<m2@parents.example>' });
    await answer(keyOfLast(), '退订的办法是……');
    expect(got()[1]?.subject).toBe('Re: 另一件事');
    await receive({
      subject: `回复：${first?.subject}`,
      text: '还是不行',
      messageId: '<m3@parents.example>',
      inReplyTo: first?.messageId ?? '',
    });
    await answer(keyOfLast(), '请稍等。');
    expect(got()[2]).toMatchObject({ subject: 'Re: 收不到短信 [T-20261122-0007]', inReplyTo: '<m3@parents.example>' });
    // An agent speaks hours later, about the ticket and not about what came last.
    await receive({ subject: '又一件事', text: '你好', messageId: '<m4@parents.example>' });
    await rig.email.send({ key: 'desk:20261122-0007:a1:0', seq: 9, to: to(), reply: { kind: 'text', text: '已修好。', from: '李老师' } });
    expect(got()[3]).toMatchObject({ subject: 'Re: 收不到短信 [T-20261122-0007]', inReplyTo: '<m3@parents.example>' });
    expect(got()[3]?.headers.has('auto-submitted')).toBe(false);
  });

  test('a stranger who quotes our mail and the ticket has a conversation of their own and is shown nothing of it', async () => {
    await receive({ subject: '收不到短信', text: '怎么办', messageId: '<m1@parents.example>' });
    rig.tickets.push({ number: '20261122-0007', key: keyOfLast(1), customer: to() });
    await answer(keyOfLast(), '已登记。');
    const stranger = 'stranger@evil.example';
    const inReplyTo = got()[0]?.messageId ?? '';
    await receive({
      from: stranger,
      replyTo: MOTHER,
      subject: 'Re: 收不到短信 [T-20261122-0007]',
      text: '查一下进度',
      messageId: '<s1@evil.example>',
      inReplyTo,
    });
    expect(inbox.stored.at(-1)?.from).toEqual(to(stranger));
    await answer(keyOfLast(), '您好。', stranger);
    expect(got(stranger)).toHaveLength(1);
    expect(got(stranger)[0]?.subject).toBe('Re: 收不到短信');
    expect(got()).toHaveLength(1);
  });

  test('answers go to the sender, not to whom the mail says they should go', async () => {
    await receive({ replyTo: 'elsewhere@evil.example', text: '我的工单', messageId: '<m1@parents.example>' });
    await answer(keyOfLast(), '您好。');
    expect([got().length, got('elsewhere@evil.example').length]).toEqual([1, 0]);
  });

  test('after so many answers within an hour a person gets it; an agent may always write, and later the desk too', async () => {
    for (const n of [1, 2, 3]) {
      await receive({ text: `第${n}封`, messageId: `<m${n}@parents.example>` });
      await answer(keyOfLast(), '您好。');
    }
    await receive({ text: '第4封', messageId: '<m4@parents.example>' });
    await expect(answer(keyOfLast(), '您好。')).rejects.toMatchObject({ name: 'ChannelError', retryable: false });
    await rig.email.send({ key: 'desk:1:a:0', seq: 9, to: to(), reply: { kind: 'text', text: '我来处理。', from: '李老师' } });
    now += HOUR_MS + 1;
    await answer(keyOfLast(), '您好。');
    expect(got()).toHaveLength(5);
  });

  test('however many answers an hour are allowed, there is an end to them', async () => {
    await rig.close();
    rig = await openRig(inbox.accept, { answersPerHour: 70, now: () => now });
    await receive({ text: '你好' });
    for (let n = 0; n < 70; n += 1) await answer(keyOfLast(n), '您好。');
    await expect(answer(keyOfLast(70), '您好。')).rejects.toMatchObject({ retryable: false });
    expect(got()).toHaveLength(70);
  });

  test('what the server refuses for good is not tried again, what it puts off is', async () => {
    await receive({ text: '你好' });
    rig.office.answer(() => ({ code: 550, message: '5.1.1 no such user' }));
    await expect(answer(keyOfLast(), '您好。')).rejects.toMatchObject({ retryable: false, message: '客户的邮箱拒收（550）' });
    rig.office.answer(() => ({ code: 451, message: '4.7.1 try later' }));
    await expect(answer(keyOfLast(), '您好。')).rejects.toMatchObject({ retryable: true });
    rig.office.answer(null);
    await answer(keyOfLast(), '您好。');
    expect(got()).toHaveLength(1);
  });

  test('a mail that came back is told with the reply it was', async () => {
    await receive({ text: '你好' });
    await answer(keyOfLast(), '您好。');
    const report = lines(
      'From: MAILER-DAEMON@mx.example',
      'Subject: Undelivered Mail Returned to Sender',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      `Final-Recipient: rfc822; ${MOTHER}`,
      'Action: failed',
      'Diagnostic-Code: smtp; 550 mailbox full',
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      `Message-ID: ${got()[0]?.messageId}`,
      '',
      '--b--',
    );
    expect(await rig.deliver(report)).toBe(true);
    expect(rig.returned).toEqual([{ key: keyOfLast(), customer: to(), reason: '550 mailbox full' }]);
    expect(inbox.stored).toHaveLength(1);
  });

  test('files that are kept stand in the log, others are named in the next answer and in no further one', async () => {
    const attachments = [
      { filename: '截图.png', content: png },
      { filename: 'virus.exe', content: Buffer.from('MZ not kept') },
      { filename: 'winmail.dat', contentType: 'application/ms-tnef', content: Buffer.from([0x78, 0x9f, 0x3e, 0x22]) },
    ];
    await receive({ subject: '见附件', attachments, messageId: '<m1@parents.example>' });
    expect(inbox.stored.map(({ content, part }) => [content.kind, part ?? false])).toEqual([
      ['text', false],
      ['image', true],
    ]);
    await answer(keyOfLast(), '收到。');
    await answer(keyOfLast(1), '请稍等。');
    const [first, second] = got();
    expect(first?.text).toMatch(/以下附件我们没有收到：\n· virus\.exe：这种文件不能发送.*\n· winmail\.dat：这是 Outlook 的专用格式/);
    expect(second?.text).not.toContain('没有收到');
  });

  test('pictures within the text are kept once, logos and pixels not at all', async () => {
    const html = '<p>看这里</p><img src="cid:photo"><img src="cid:logo">';
    const attachments = [
      { filename: 'photo.png', content: photo, cid: 'photo' },
      { filename: 'logo.png', content: png, cid: 'logo' },
    ];
    await receive({ subject: '', html, attachments, messageId: '<m1@parents.example>' });
    await receive({ subject: '', html, attachments, messageId: '<m2@parents.example>' });
    expect(inbox.stored.map(({ content }) => (content.kind === 'text' ? content.text : content.kind))).toEqual([
      '看这里',
      'image',
      '看这里',
    ]);
  });

  test('a mail that is read once more is the same message, also where a picture in it stood in an earlier one', async () => {
    const other = Buffer.concat([photo, Buffer.from('2')]);
    const logo = { filename: 'logo.png', content: photo, cid: 'logo' };
    const html = '<p>看这里</p><img src="cid:photo"><img src="cid:logo">';
    await receive({ subject: '', html: '<p>你好</p><img src="cid:logo">', attachments: [logo], messageId: '<m1@parents.example>' });
    const attachments = [logo, { filename: 'photo.png', content: other, cid: 'photo' }];
    const again = await write({ from: MOTHER, to: HELP, subject: '', html, attachments, messageId: '<m2@parents.example>' });
    await rig.deliver(again);
    const first = inbox.stored.length;
    expect(inbox.stored.slice(2).map(({ content }) => content.kind)).toEqual(['text', 'image']);
    await rig.deliver(again);
    expect(inbox.stored.slice(first)).toEqual([]);
  });

  test('of more files than anybody reads the names of, no list without end is kept', async () => {
    const attachments = Array.from({ length: 200 }, (_, n) => ({ filename: `${n}.exe`, content: Buffer.from('MZ not kept') }));
    for (const id of ['m1', 'm2']) await receive({ subject: '见附件', attachments, messageId: `<${id}@parents.example>` });
    await answer(keyOfLast(), '收到。');
    expect(got()[0]?.text?.match(/\.exe：/g)?.length).toBeLessThanOrEqual(30);
    expect(got()[0]?.text).toContain('· 另外 150 个：一封邮件最多收 10 个附件');
  });

  test('many mails in one are one message, no longer than another', async () => {
    const inner = await write({ from: 'x@y.example', subject: '转来的', text: '很'.repeat(15_000) });
    const attachments = [1, 2, 3].map((n) => ({ filename: `${n}.eml`, contentType: 'application/octet-stream', content: inner }));
    await rig.close();
    rig = await openRig(inbox.accept);
    await receive({ subject: '请看', attachments, messageId: '<m1@parents.example>' });
    expect(inbox.stored.map(({ content }) => content.kind === 'text' && content.text.length)).toEqual([20_000]);
  });

  test('a mail within a mail within a mail is named as not read, not passed over', async () => {
    const innermost = await write({ from: 'x@y.example', subject: '最里面', text: '看不到的话' });
    const inside = [{ filename: '原信.eml', contentType: 'application/octet-stream', content: innermost }];
    const inner = await write({ from: 'x@y.example', subject: '里面', text: '请看原信', attachments: inside });
    const attachments = [{ filename: '转发.eml', contentType: 'application/octet-stream', content: inner }];
    await receive({ subject: '请看', attachments, messageId: '<m1@parents.example>' });
    await answer(keyOfLast(), '收到。');
    expect(got()[0]?.text).toContain('· 原信.eml：');
  });

  test.each([
    ['application/octet-stream', '这个通知是真的吗\n缴费通知\n请于周五前缴费'],
    ['message/rfc822', '这个通知是真的吗\n请于周五前缴费'],
  ])('a mail within a mail (%s) is read, and its files are kept', async (contentType, said) => {
    const inner = {
      from: 'teacher@school.example',
      to: MOTHER,
      subject: '缴费通知',
      text: '请于周五前缴费',
      attachments: [{ filename: 'a.png', content: png }],
    };
    const attachments = [{ filename: '通知.eml', contentType, content: await write(inner) }];
    await receive({ subject: '这个通知是真的吗', attachments, messageId: '<m1@parents.example>' });
    expect(inbox.stored.map(({ content }) => (content.kind === 'text' ? content.text : content.kind))).toEqual([said, 'image']);
  });

  test('of a mail that is too large the words are read and the files named, without fetching them', async () => {
    const attachments = [{ filename: '录像.mp4', content: Buffer.alloc(200_000) }];
    await receive({ subject: '看录像', text: '孩子的到校录像', attachments, messageId: '<m1@parents.example>' });
    expect(inbox.stored.map(({ content }) => content)).toEqual([{ kind: 'text', text: '看录像\n孩子的到校录像' }]);
    await answer(keyOfLast(), '收到。');
    expect(got()[0]?.text).toMatch(/· 录像\.mp4：邮件有 1 MB，超过/);
  });

  test('an agent’s file is attached', async () => {
    await receive({ text: '要表格' });
    const kept = await rig.options.files.keep(
      (async function* () {
        yield png;
      })(),
      '表格.png',
    );
    if (kept.kind !== 'kept') throw new Error('not kept');
    await rig.email.send({
      key: 'desk:1:a:0',
      seq: 3,
      to: to(),
      reply: { kind: 'file', text: '表格.png', attachment: kept.attachment, from: '李老师' },
    });
    expect(got()[0]?.attachments).toMatchObject([{ filename: '表格.png', contentType: 'image/png', size: png.length }]);
  });

  test('a connection nobody needs any more is closed', async () => {
    await receive({ text: '你好' });
    await answer(keyOfLast(), '您好。');
    await until(() => rig.office.open() === 0, 'it was closed');
  });
});
