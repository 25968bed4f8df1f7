/** Many mails at once: fetched together, stored for several senders at a time, and still in order, none lost and none twice. */
import type { Accept } from '../../../adapters/channel';
import type { Inbound } from '../../../dialogs/vocabulary';
import { memoryInbox } from '../../support/channelContract';
import { write } from '../../support/email/write';
import { until } from '../../support/until';
import { type EmailRig, openRig } from './rig';

const SENDERS = Array.from({ length: 10 }, (_, n) => `c${n}`);
const ROUNDS = 7;
const TEXTS = Array.from({ length: ROUNDS }, (_, n) => `第${n + 1}封`);
const POISON = 'c3';

describe('a backlog of many senders', () => {
  let inbox: ReturnType<typeof memoryInbox>;
  let rig: EmailRig;
  let uids: number[];
  let accept: Accept;
  beforeEach(() => {
    inbox = memoryInbox();
    accept = inbox.accept;
  });
  afterEach(() => rig.close());

  /** All are there at once, and nobody's stand together. */
  async function open(): Promise<void> {
    rig = await openRig((message, request) => accept(message, request));
    const raws: Buffer[] = [];
    for (const text of TEXTS) {
      for (const name of SENDERS) {
        const from = `${name}@parents.example`;
        raws.push(await write({ from, to: 'help@school.example', messageId: `<${raws.length}.${from}>`, text }));
      }
    }
    uids = raws.map((raw) => rig.box().deliver(raw));
  }
  const said = (name: string): (string | undefined)[] =>
    inbox.stored.filter((one) => one.from.user === `${name}@parents.example`).map(textOf);
  const seen = (): boolean[] => uids.map((uid) => rig.box().isSeen(uid));

  test('each one’s mails are stored in order and marked, a few requests for all of them', async () => {
    await open();
    await until(() => seen().every(Boolean), 'all are marked');
    for (const name of SENDERS) expect(said(name)).toEqual(TEXTS);
    expect(rig.box().asked('UID FETCH')).toBeLessThan(uids.length / 5);
  });

  test('several senders’ mails are stored at the same time, of one sender never', async () => {
    const underWay: string[] = [];
    let most = 0;
    accept = async (message, request) => {
      const { user } = message.from;
      expect(underWay).not.toContain(user);
      underWay.push(user);
      most = Math.max(most, underWay.length);
      await new Promise((resolve) => setImmediate(resolve));
      underWay.splice(underWay.indexOf(user), 1);
      return inbox.accept(message, request);
    };
    await open();
    await until(() => seen().every(Boolean), 'all are marked');
    expect(rig.refused()).toBe(0);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThan(SENDERS.length);
  });

  test('one sender’s mail that cannot be stored stops that sender alone, and all of that sender’s is tried again', async () => {
    let broken = true;
    accept = async (message, request) => {
      if (broken && message.from.user.startsWith(POISON)) throw new Error('this one cannot be stored');
      return inbox.accept(message, request);
    };
    await open();
    const theirs = uids.filter((_, n) => SENDERS[n % SENDERS.length] === POISON);
    await until(() => seen().filter(Boolean).length === uids.length - theirs.length, 'all others are marked');
    await until(() => rig.refused() > 3, 'it was tried again');
    expect(said(POISON)).toEqual([]);
    expect(theirs.some((uid) => rig.box().isSeen(uid))).toBe(false);
    expect(rig.email.health().mailboxes[0]).toMatchObject({ reading: 'here', waiting: ROUNDS });
    broken = false;
    await until(() => seen().every(Boolean), 'all are marked');
    for (const name of SENDERS) expect(said(name)).toEqual(TEXTS);
  });

  test('the connection is lost between storing and marking: all is marked at last, and nothing is stored as an edit', async () => {
    const tries = new Map<string, Set<string>>();
    let cut = false;
    accept = async (message, request) => {
      const accepted = await inbox.accept(message, request);
      tries.set(message.id, (tries.get(message.id) ?? new Set()).add(JSON.stringify(message.content)));
      if (!cut && tries.size === SENDERS.length) {
        cut = true;
        rig.box().cut();
      }
      return accepted;
    };
    await open();
    await until(() => seen().every(Boolean), 'all are marked');
    expect(cut).toBe(true);
    for (const name of SENDERS) expect(said(name)).toEqual(TEXTS);
    expect([...tries.values()].every((contents) => contents.size === 1)).toBe(true);
  });

  test('the connection is lost while the place is written down: those not fetched yet are not passed over', async () => {
    await open();
    const { write: writeDown } = rig.notebook;
    let cut = false;
    Object.assign(rig.notebook, {
      async write(...given: Parameters<typeof writeDown>) {
        if (!cut && given[0] === 'cursor:help') {
          cut = true;
          rig.box().cut();
          for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve)); // the reader hears of it
        }
        return writeDown(...given);
      },
    });
    await until(() => seen().at(-1), 'the last one is marked');
    expect(cut).toBe(true);
    for (const name of SENDERS) expect(said(name)).toEqual(TEXTS);
    expect(seen().every(Boolean)).toBe(true);
  });
});

const textOf = ({ content }: Inbound): string | undefined => (content.kind === 'text' ? content.text : undefined);
