/** How a mailbox is read whatever its server does: nothing lost, nothing twice, one reader at a time. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { PATIENCE } from '../../../adapters/email/options';
import { startReader } from '../../../adapters/email/reader';
import { memoryInbox } from '../../support/channelContract';
import { certificate } from '../../support/email/certificate';
import { openMailbox } from '../../support/email/mailbox';
import { lines, write } from '../../support/email/write';
import { until } from '../../support/until';
import { type EmailRig, openRig } from './rig';

const DAY_MS = 86_400_000;
const mail = (id: string, text = id, from = 'wang') =>
  write({ from: `${from}@parents.example`, to: 'help@school.example', messageId: `<${id}@parents.example>`, text });

describe('a mailbox is read', () => {
  let inbox: ReturnType<typeof memoryInbox>;
  let rig: EmailRig;
  const texts = (): string[] => inbox.stored.map(({ content }) => (content.kind === 'text' ? content.text : content.kind));
  const reading = (account = 'help') => rig.email.health().mailboxes.find((one) => one.account === account);
  beforeEach(async () => {
    inbox = memoryInbox();
    rig = await openRig(inbox.accept);
  });
  afterEach(() => rig.close());

  test('a server that was killed and comes back is read on, and what came meanwhile too', async () => {
    await rig.deliver(await mail('m1'));
    await rig.box().kill();
    await until(() => reading()?.reading === 'connecting', 'the loss was noticed');
    rig.box().deliver(await mail('m2'));
    await rig.box().restart();
    await until(() => texts().length === 2, 'the mail of the outage was read');
    expect(texts()).toEqual(['m1', 'm2']);
    expect(reading()).toMatchObject({ reading: 'here' });
  });

  test('a cut connection and a server that falls silent are left and tried again', async () => {
    rig.box().cut();
    expect(await rig.deliver(await mail('m1'))).toBe(true);
    await rig.stop();
    await rig.close();
    rig = await openRig(inbox.accept, { patience: { answerMs: 200 } });
    rig.box().mute(true);
    const asked = rig.box().asked('LOGIN');
    rig.box().deliver(await mail('m2'));
    await until(() => rig.box().asked('LOGIN') > asked, 'it was left');
    rig.box().mute(false);
    await until(() => texts().length === 2, 'it was read on');
  });

  test('a server that falls silent keeps nobody from stopping', async () => {
    await rig.close();
    rig = await openRig(inbox.accept, { patience: { answerMs: 600_000, lastMs: 20 } });
    await until(() => rig.box().asked('IDLE') > 0, 'it has looked and waits for mail');
    rig.box().mute(true);
    const asked = rig.box().asked('NOOP');
    rig.box().deliver(await mail('m1'));
    await until(() => rig.box().asked('NOOP') > asked, 'it is asked');
    await rig.stop();
    expect(reading()).toMatchObject({ reading: 'stopped' });
  });

  test('nor does one that never says a word', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const [account] = rig.accounts;
    if (!account) throw new Error('no account');
    const { port } = silent.address() as AddressInfo;
    const reader = startReader({
      options: { ...rig.options, worker: 'two' },
      account: { ...account, account: 'third', imap: { ...account.imap, port } },
      patience: { ...PATIENCE, lastMs: 20 },
      take: async () => 'stored',
      putAside: async () => undefined,
      accept: inbox.accept,
      now: Date.now,
    });
    const [socket] = await once(silent, 'connection');
    await reader.stop();
    expect(reader.health()).toMatchObject({ reading: 'stopped' });
    socket.destroy();
    silent.close();
  });

  test('a server that numbers its mails anew: none is told twice, and what came meanwhile is read', async () => {
    await rig.deliver(await mail('m1'));
    await rig.deliver(await mail('m2'));
    rig.box().renumber();
    await rig.box().kill();
    rig.box().deliver(await mail('m3'));
    await rig.box().restart();
    await until(() => texts().includes('m3'), 'the new mail was read');
    expect(texts()).toEqual(['m1', 'm2', 'm3']);
    expect(await rig.deliver(await mail('m4'))).toBe(true);
  });

  test('a mail that cannot be stored holds up its sender’s next ones, and no order is lost', async () => {
    inbox.broken = true;
    expect(await rig.deliver(await mail('m1'))).toBe(false);
    const second = rig.box().deliver(await mail('m2'));
    expect(rig.box().isSeen(second)).toBe(false);
    inbox.broken = false;
    await until(() => texts().length === 2, 'both were stored');
    expect(texts()).toEqual(['m1', 'm2']);
  });

  test('a second process waits until the first one leaves, and then goes on from there', async () => {
    const taken: string[] = [];
    const [account] = rig.accounts;
    if (!account) throw new Error('no account');
    const second = startReader({
      options: { ...rig.options, worker: 'two' },
      account,
      patience: { ...PATIENCE, leaseMs: 300, pollMs: 100 },
      now: Date.now,
      accept: inbox.accept,
      putAside: async () => undefined,
      take: async ({ messageId }) => {
        taken.push(messageId);
        return 'stored';
      },
    });
    await until(() => second.health().reading === 'elsewhere', 'the second one waits');
    expect(await rig.deliver(await mail('m1'))).toBe(true);
    await rig.stop();
    await until(() => second.health().reading === 'here', 'the second one took over');
    rig.box().deliver(await mail('m2'));
    await until(() => taken.length === 1, 'the next mail was read');
    expect([texts(), taken]).toEqual([['m1'], ['m2@parents.example']]);
    await second.stop();
  });

  test('machines’ mails are marked as seen and counted, and nobody is told of them', async () => {
    const away = await write({
      from: 'li@parents.example',
      to: 'help@school.example',
      headers: { 'Auto-Submitted': 'auto-replied' },
      text: '我在休假',
    });
    expect(await rig.deliver(away)).toBe(true);
    expect([texts(), reading()?.counts]).toEqual([[], { auto: 1 }]);
  });

  test('a mail that is no mail at all stops nobody', async () => {
    await rig.deliver(Buffer.from([0, 255, 10, 13, 10, 200]));
    await rig.deliver(lines('From: wang@parents.example', 'Content-Type: multipart/mixed; boundary=', '', '--', ''));
    expect(await rig.deliver(await mail('m1'))).toBe(true);
    expect(texts()).toContain('m1');
  });
});

describe('what a mailbox held before the desk came', () => {
  test('unread mail of the last day is answered; what was read, or is older, was somebody else’s', async () => {
    const inbox = memoryInbox();
    const box = await openMailbox();
    box.deliver(await mail('old'), { at: new Date(Date.now() - 5 * DAY_MS) });
    box.deliver(await mail('read'), { seen: true });
    box.deliver(await mail('unread'));
    const rig = await openRig(inbox.accept, {}, box);
    await until(() => inbox.stored.length > 0, 'it was read');
    expect(await rig.deliver(await mail('new'))).toBe(true);
    expect(inbox.stored.map(({ content }) => content)).toEqual([
      { kind: 'text', text: 'unread' },
      { kind: 'text', text: 'new' },
    ]);
    await rig.close();
  });
});

describe('a server that announces nothing', () => {
  test('is looked at by itself, and a lost connection is made again', async () => {
    const inbox = memoryInbox();
    const box = await openMailbox({ withoutIdle: true });
    const rig = await openRig(inbox.accept, { patience: { pollMs: 50 } }, box);
    expect(await rig.deliver(await mail('m1'))).toBe(true);
    const logins = box.asked('LOGIN');
    box.cut();
    expect(await rig.deliver(await mail('m2'))).toBe(true);
    await box.kill();
    box.deliver(await mail('m3'));
    await box.restart();
    await until(() => inbox.stored.length === 3, 'the mail of the outage was read');
    expect(inbox.stored.map(({ content }) => content)).toEqual(['m1', 'm2', 'm3'].map((text) => ({ kind: 'text', text })));
    expect(box.asked('LOGIN')).toBeGreaterThan(logins + 1);
    expect(box.asked('IDLE')).toBe(0);
    await rig.close();
  });
});

describe('nothing is said to a mail server in the clear', () => {
  const trouble = async (secure: boolean | 'starttls', box: Awaited<ReturnType<typeof openMailbox>>) => {
    const rig = await openRig(memoryInbox().accept, {}, box, secure);
    const told = () => rig.email.health().mailboxes[0]?.trouble;
    await until(() => told() !== undefined, 'it was told why');
    const asked = box.asked('LOGIN');
    await rig.close();
    return { asked, told: told() };
  };

  test('where STARTTLS is asked for and not offered', async () => {
    expect(await trouble('starttls', await openMailbox())).toMatchObject({ asked: 0 });
  });

  test('where the certificate is nobody’s we trust', async () => {
    expect(await trouble(true, await openMailbox({ secured: certificate }))).toMatchObject({
      asked: 0,
      told: expect.stringMatching(/certificate/),
    });
  });
});
