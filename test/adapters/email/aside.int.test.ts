/** A mail that can never be stored: tried a few times, then with a person, and nobody waits for it. */
import type { Accept } from '../../../adapters/channel';
import { createEmail } from '../../../adapters/email';
import type { EmailOptions } from '../../../adapters/email/options';
import type { Inbound } from '../../../dialogs/vocabulary';
import { memoryInbox } from '../../support/channelContract';
import { lines, write } from '../../support/email/write';
import { until } from '../../support/until';
import { type EmailRig, openRig } from './rig';

const TRIES = 4;
const WANG = 'wang@parents.example';
const mail = (id: string, text = id, from = WANG, more: Partial<Parameters<typeof write>[0]> = {}) =>
  write({ from, to: 'help@school.example', messageId: `<${id}@parents.example>`, text, ...more });
const picture = { filename: '通知.png', content: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), contentType: 'image/png' };

describe('a mail that can never be stored', () => {
  let inbox: ReturnType<typeof memoryInbox>;
  let rig: EmailRig;
  let accept: Accept;
  beforeEach(() => {
    inbox = memoryInbox();
    accept = inbox.accept;
  });
  afterEach(() => rig.close());

  const open = async (change: Partial<EmailOptions> = {}): Promise<void> => {
    rig = await openRig((message, request) => accept(message, request), {
      ...change,
      patience: { storeMs: Array.from({ length: TRIES - 1 }, () => 10) },
    });
  };
  /** Refuses what this text is in, and counts how often it was asked. */
  const refusing = (text: string): { tries: number } => {
    const counted = { tries: 0 };
    accept = async (message, request) => {
      if (message.failed !== undefined || !textOf(message)?.includes(text)) return inbox.accept(message, request);
      counted.tries += 1;
      throw new Error('document too large');
    };
    return counted;
  };
  const said = (from = WANG): (string | undefined)[] => inbox.stored.filter((one) => one.from.user === from).map(textOf);
  const counts = () => rig.email.health().mailboxes[0]?.counts;

  test('is tried a few times, then a person has it with the reason, in its sender’s order; others never waited', async () => {
    const counted = refusing('坏信');
    await open();
    const [bad, next, other] = [
      rig.box().deliver(await mail('m1', '坏信', WANG, { subject: '请假' })),
      rig.box().deliver(await mail('m2', '还有一句')),
      rig.box().deliver(await mail('m3', '您好', 'li@parents.example')),
    ];
    await until(() => rig.box().isSeen(next), 'the next one was stored');
    expect(counted.tries).toBe(TRIES);
    expect([bad, next, other].map((uid) => rig.box().isSeen(uid))).toEqual([false, true, true]);
    expect([bad, next, other].map((uid) => rig.box().isFlagged(uid))).toEqual([true, false, false]);
    expect(said()).toEqual(['请假\n坏信', '还有一句']);
    expect(said('li@parents.example')).toEqual(['您好']);
    expect(inbox.stored.filter(({ failed }) => failed !== undefined)).toMatchObject([
      { id: expect.stringMatching(/^[a-p]{32}\/aside$/), failed: '邮件未能收下（document too large）；原信留在邮箱里，未读、有旗标' },
    ]);
    expect(counts()).toMatchObject({ aside: 1, stored: 2 });
    await until(() => rig.email.health().mailboxes[0]?.waiting === 0, 'nothing waits');
  });

  test('an attachment that cannot be kept: the words reach a person, with the name of what is missing', async () => {
    const broken = async (): Promise<never> => {
      throw new Error('the bucket refuses it');
    };
    await open({ files: { keep: broken, read: async () => null, openOutside: (attachment) => attachment } });
    const bad = rig.box().deliver(await mail('m1', '这是通知', WANG, { attachments: [picture] }));
    const next = rig.box().deliver(await mail('m2', '收到了吗'));
    await until(() => rig.box().isSeen(next), 'the next one was stored');
    expect(said()).toEqual(['这是通知\n［附件未收下：通知.png］', '收到了吗']);
    expect(inbox.stored[0]?.failed).toContain('the bucket refuses it');
    expect(rig.box().isFlagged(bad)).toBe(true);
  });

  test('an answer to it goes into its thread', async () => {
    refusing('坏信');
    await open();
    rig.box().deliver(await mail('m1', '坏信', WANG, { subject: '请假' }));
    await until(() => inbox.stored.length > 0, 'a person has it');
    const [{ id = '' } = {}] = inbox.stored;
    const to = { channel: 'email', account: 'help', user: WANG } as const;
    // As the log names it, with what stands behind the sign escaped.
    await rig.email.send({ key: `email:help:${id.replace('/', '%2f')}:0`, seq: 2, to, reply: { kind: 'text', text: '我来看' } });
    expect(rig.office.for(WANG)[0]?.mail).toMatchObject({ subject: 'Re: 请假', inReplyTo: '<m1@parents.example>' });
  });

  test('where not even that can be kept, the desk is told, once', async () => {
    accept = async (message, request) => {
      if (message.from.user === WANG) throw new Error('this conversation is broken');
      return inbox.accept(message, request);
    };
    await open();
    const bad = rig.box().deliver(await mail('m1', '坏信', WANG, { subject: '请假' }));
    await until(() => rig.box().isFlagged(bad), 'it was put aside');
    expect(rig.aside).toEqual([
      {
        account: 'help',
        id: expect.any(String),
        about: `发件人 ${WANG}，主题「请假」`,
        why: '邮件未能收下（this conversation is broken）',
      },
    ]);
    expect(rig.box().isSeen(bad)).toBe(false);
    expect(await rig.deliver(await mail('m2', '您好', 'li@parents.example'))).toBe(true);
  });

  test('while the store is away nothing is put aside, however long it takes', async () => {
    await open();
    const { write: writeDown } = rig.notebook;
    let refused = 0;
    Object.assign(rig.notebook, {
      async write(...given: Parameters<typeof writeDown>) {
        if (given[0] !== 'cursor:help' || !inbox.broken) return writeDown(...given);
        refused += 1;
        throw new Error('the store is away');
      },
    });
    inbox.broken = true;
    const uid = rig.box().deliver(await mail('m1'));
    await until(() => refused > TRIES * 2, 'it was tried more often than a bad mail is');
    expect([rig.aside, inbox.stored, rig.box().isFlagged(uid)]).toEqual([[], [], false]);
    inbox.broken = false;
    await until(() => rig.box().isSeen(uid), 'it was stored');
    expect(inbox.stored.map(({ failed }) => failed)).toEqual([undefined]);
  });

  test('a mail that its server does not hand out is put aside, and those asked for with it are read', async () => {
    await open();
    const [refused, second] = [rig.box().deliver(await mail('m1')), await mail('m2', '您好', 'li@parents.example')];
    rig.box().refuse(refused);
    rig.box().deliver(second);
    await until(() => rig.box().isFlagged(refused), 'it was put aside');
    expect(rig.aside).toMatchObject([{ about: '', why: '邮件未能收下（收信服务器没有给出这封邮件）' }]);
    expect(said('li@parents.example')).toEqual(['您好']);
    expect(rig.box().isSeen(refused)).toBe(false);
  });

  test('a mail that waits and is deleted holds up nobody', async () => {
    accept = async (message, request) => {
      if (textOf(message) === '坏信') throw new Error('not yet');
      return inbox.accept(message, request);
    };
    rig = await openRig((message, request) => accept(message, request));
    const bad = rig.box().deliver(await mail('m1', '坏信'));
    const next = rig.box().deliver(await mail('m2', '还有一句'));
    await until(() => rig.refused() > 1, 'it waits');
    rig.box().remove(bad);
    await until(() => rig.box().isSeen(next), 'the next one was stored');
    expect(said()).toEqual(['还有一句']);
    expect(rig.aside).toEqual([]);
  });

  test('how often it was tried is known after a restart', async () => {
    const counted = refusing('坏信');
    rig = await openRig((message, request) => accept(message, request), { patience: { storeMs: [10, 10, 60_000, 10] } });
    rig.box().deliver(await mail('m1', '坏信'));
    await until(() => counted.tries === 3, 'it waits for longer');
    await until(() => JSON.stringify(rig.notebook.notes.get('cursor:help')?.value).includes('"tries":3'), 'that is written down');
    const { notebook, options } = rig;
    await rig.stop();
    const later = { ...options, now: () => Date.now() + 61_000, patience: { ...options.patience, storeMs: [10, 10, 10] } };
    const stop = await createEmail({ ...later, notebook, worker: 'one' }).start(accept);
    await until(() => inbox.stored.length === 1, 'a person has it');
    expect(counted.tries).toBe(4);
    await stop();
  });
});

describe('a mail that stops the whole program', () => {
  test('is not opened any more after it ended some lives, and those around it are read', async () => {
    const inbox = memoryInbox();
    const ends: (() => Promise<void>)[] = [];
    let dead = false;
    // Nothing is stored or written down any more, as after a kill.
    const accept: Accept = async (message, request) => {
      dead ||= textOf(message) === '杀手';
      if (dead) throw new Error('killed');
      return inbox.accept(message, request);
    };
    const rig = await openRig(accept);
    const { write: writeDown } = rig.notebook;
    Object.assign(rig.notebook, {
      write: (...given: Parameters<typeof writeDown>) => (dead ? Promise.reject(new Error('killed')) : writeDown(...given)),
    });
    const from = (name: string) => `${name}@parents.example`;
    const uids = [
      rig.box().deliver(await mail('m1', '您好', from('a'))),
      rig.box().deliver(await mail('m2', '杀手', from('b'))),
      rig.box().deliver(await mail('m3', '在吗', from('c'))),
    ];
    let lives = 1;
    for (let stop = rig.stop; ; lives += 1) {
      await until(() => dead || uids.every((uid) => rig.box().isSeen(uid) || rig.box().isFlagged(uid)), 'it ended, or all is read');
      if (!dead) break;
      await stop();
      dead = false;
      const next = createEmail({ ...rig.options, worker: 'one' });
      stop = await next.start(accept);
      if (lives > 9) throw new Error('it goes on for ever');
      ends.push(stop);
    }
    expect(lives).toBeGreaterThan(1);
    expect(uids.map((uid) => rig.box().isSeen(uid))).toEqual([true, false, true]);
    expect(rig.aside).toMatchObject([{ why: '邮件未能收下（程序每次打开这封邮件都会中断）' }]);
    expect(inbox.stored.map(textOf).toSorted()).toEqual(['在吗', '您好']);
    for (const end of ends) await end();
    await rig.close();
  });
});

describe('a machine’s mail that cannot be dealt with', () => {
  test('is told of at the desk and answered by nobody', async () => {
    const inbox = memoryInbox();
    const rig = await openRig(inbox.accept, {
      patience: { storeMs: [10] },
      undelivered: async () => {
        throw new Error('the ticket is missing');
      },
    });
    expect(await rig.deliver(await mail('m1'))).toBe(true);
    const key = `email:help:${inbox.stored[0]?.id}:0`;
    await rig.email.send({
      key,
      seq: 2,
      to: { channel: 'email', account: 'help', user: WANG },
      reply: { kind: 'text', text: '您好' },
    });
    const sent = rig.office.for(WANG)[0]?.mail.messageId ?? '';
    const report = lines(
      'From: MAILER-DAEMON@parents.example',
      'To: help@school.example',
      'Subject: Undelivered Mail Returned to Sender',
      'Content-Type: text/plain; charset=utf-8',
      '',
      `The mail ${sent} to ${WANG} could not be delivered.`,
    );
    const uid = rig.box().deliver(report);
    await until(() => rig.box().isFlagged(uid), 'it was put aside');
    expect(rig.aside).toMatchObject([{ why: '邮件未能收下（the ticket is missing）' }]);
    expect(inbox.stored).toHaveLength(1);
    await rig.close();
  });
});

const textOf = ({ content }: Inbound): string | undefined => (content.kind === 'text' ? content.text : undefined);
