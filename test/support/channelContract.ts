/** What every customers' channel must hold to, whatever its platform: one suite, run by each channel over its own wire. */
import type { Accept, Channel } from '../../adapters/channel';
import type { Content, Inbound, Option, Reply } from '../../dialogs/vocabulary';

/** A message as the platform knows it. */
export type Posted = Readonly<{ account: string; user: string; id: string; text: string }>;

/** A file as the platform knows it. */
export type PostedFile = Omit<Posted, 'text'> & Readonly<{ name: string; bytes: Uint8Array }>;

/** The platform's end of what is sent to customers. */
export type Platform = Readonly<{
  /** Nobody answers there until it is back. */
  away(): Promise<void>;
  back(): Promise<void>;
  /** The texts a customer has got, oldest first. */
  got(account: string, user: string): Promise<readonly string[]>;
}>;

/** A started channel with the platform's side of the wire in the test's hand. */
export type Rig = Readonly<{
  channel: Channel;
  /** Two accounts the channel serves. */
  accounts: readonly [string, string];
  /** Posts as the platform does, properly signed; true when the channel acknowledged. */
  post(message: Posted): Promise<boolean>;
  /** Posts with a signature or token that is not ours; true when the channel acknowledged all the same. */
  forge(message: Posted): Promise<boolean>;
  /** Posts a file or picture as the platform does; for channels that carry them. */
  postFile?(file: PostedFile): Promise<boolean>;
  /** For channels that push to a platform; those that are only asked have none. */
  platform?: Platform;
  /** The function `channel.start` resolved to. */
  stop(): Promise<void>;
  /** Frees what the rig itself opened. */
  close(): Promise<void>;
}>;

/** How to read one outgoing payload of the channel. */
export type Reading<Wire> = Readonly<{ text(wire: Wire): string; options(wire: Wire): number; length?(text: string): number }>;

/** A log that keeps what it is given, once per key, as the real one does; `broken` makes it refuse. */
export function memoryInbox(): { accept: Accept; stored: Inbound[]; broken: boolean } {
  const stored = new Map<string, Inbound>();
  const inbox = {
    broken: false,
    get stored() {
      return [...stored.values()];
    },
    accept: async (message: Inbound) => {
      if (inbox.broken) throw new Error('the store is away');
      const conversation = `${message.from.channel}:${message.from.account}:${message.from.user}`;
      const id = `${message.from.channel}:${message.from.account}:${message.id}`;
      const duplicate = stored.has(id);
      if (!duplicate) stored.set(id, message);
      return { id, conversation, duplicate };
    },
  };
  return inbox;
}

const textOf = (content: Content): string => (content.kind === 'text' ? content.text : `<${content.kind}>`);
const options = (count: number): Option[] => Array.from({ length: count }, (_, n) => ({ value: `v${n}`, label: `第${n + 1}项` }));
const everyKind: readonly Reply[] = [
  { kind: 'text', text: '您好' },
  { kind: 'text', text: '', options: [] },
  { kind: 'choices', text: '请选择', options: options(2) },
  {
    kind: 'form',
    text: '请问孩子在哪所学校？',
    form: 'intake',
    asking: 'school',
    fields: [{ name: 'school', label: '学校', required: true }],
    options: [],
  },
  { kind: 'card', text: '学校：实验小学', title: '请核对', rows: [{ label: '学校', value: '实验小学' }], options: options(1) },
];
const nonsense: readonly unknown[] = [
  undefined,
  null,
  0,
  true,
  '',
  'text',
  [],
  [{}],
  {},
  { nonsense: true },
  { content: { kind: 'text' } },
];

/** What not every platform has: a channel that has it must say so, and its rig must offer it. */
export type Carries = Readonly<{ files?: true; pushes?: true }>;

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** Runs the contract. `open` builds a fresh channel, started over the given `accept`. */
export function channelContract<Wire>(
  name: string,
  open: (accept: Accept) => Promise<Rig>,
  reading: Reading<Wire>,
  carries: Carries = {},
): void {
  describe(`${name} holds the contract of a channel`, () => {
    let inbox: ReturnType<typeof memoryInbox>;
    let rig: Rig;
    const hello = (change: Partial<Posted> = {}): Posted => ({
      account: rig.accounts[0],
      user: 'u1',
      id: 'm1',
      text: '怎么收不到通知？',
      ...change,
    });
    // The wire type is the channel's own; the contract only reads it through `reading`.
    const encode = (reply: Reply): readonly Wire[] => rig.channel.encode(reply) as readonly Wire[];

    beforeEach(async () => {
      inbox = memoryInbox();
      rig = await open(inbox.accept);
    });
    afterEach(async () => {
      await rig.stop();
      await rig.close();
    });

    test('a message is stored as the customer wrote it and acknowledged', async () => {
      expect(await rig.post(hello())).toBe(true);
      expect(inbox.stored.map((message) => [message.from.channel, message.from.account, textOf(message.content)])).toEqual([
        [rig.channel.name, rig.accounts[0], '怎么收不到通知？'],
      ]);
    });

    test('a redelivery is acknowledged again and stored once', async () => {
      expect([await rig.post(hello()), await rig.post(hello())]).toEqual([true, true]);
      expect(inbox.stored).toHaveLength(1);
    });

    test('nothing is acknowledged that could not be stored; the redelivery then gets through', async () => {
      inbox.broken = true;
      expect(await rig.post(hello())).toBe(false);
      inbox.broken = false;
      expect(await rig.post(hello())).toBe(true);
      expect(inbox.stored).toHaveLength(1);
    });

    test('a forged message is refused and not stored', async () => {
      expect(await rig.forge(hello())).toBe(false);
      expect(inbox.stored).toEqual([]);
    });

    test('the same message id on two accounts is two messages of two conversations', async () => {
      await rig.post(hello());
      await rig.post(hello({ account: rig.accounts[1] }));
      expect(inbox.stored.map((message) => message.from.account)).toEqual([...rig.accounts]);
    });

    test('after stop nothing more is accepted, and stopping twice does no harm', async () => {
      await rig.stop();
      expect(await rig.post(hello()).catch(() => false)).toBe(false);
      expect(inbox.stored).toEqual([]);
      await expect(rig.stop()).resolves.toBeUndefined();
    });

    test('a payload it does not know is no message', () => {
      expect(nonsense.flatMap((payload) => rig.channel.decode(payload))).toEqual([]);
    });

    if (carries.files) {
      test('a picture is kept and stands in the log as one, once', async () => {
        const picture = { account: rig.accounts[0], user: 'u1', id: 'f1', name: '截图.png', bytes: png };
        expect([await rig.postFile?.(picture), await rig.postFile?.(picture)]).toEqual([true, true]);
        expect(inbox.stored).toHaveLength(1);
        expect(inbox.stored[0]?.content).toMatchObject({ kind: 'image', attachment: { type: 'image/png', size: png.length } });
      });
    }

    if (carries.pushes) {
      test('while the platform is away a send fails so that it may be tried again, and then gets through once', async () => {
        const to = { channel: rig.channel.name, account: rig.accounts[0], user: 'u1' };
        await rig.post(hello());
        const from = inbox.stored[0]?.from ?? to;
        const outgoing = { key: 'e1:0', seq: 2, to: from, reply: { kind: 'text', text: '请重启手机。' } } as const;
        await rig.platform?.away();
        await expect(rig.channel.send(outgoing)).rejects.toMatchObject({ name: 'ChannelError', retryable: true });
        await rig.platform?.back();
        await rig.channel.send(outgoing);
        expect(await rig.platform?.got(rig.accounts[0], 'u1')).toEqual([expect.stringContaining('请重启手机。')]);
      });
    }

    test('every kind of reply can be said', () => {
      expect(everyKind.map((reply) => encode(reply).map(reading.text).join('')).every((text, n) => text !== '' || n === 1)).toBe(true);
    });

    test('a text longer than the platform takes is split, and nothing of it is lost', () => {
      const length = reading.length ?? ((text: string) => text.length);
      const text = '请先把手机重启一次，然后再看通知。'.repeat(Math.ceil(rig.channel.limits.textLength / 6));
      const parts = encode({ kind: 'text', text }).map(reading.text);
      expect(parts.length).toBeGreaterThan(1);
      expect(parts.join('')).toBe(text);
      expect(parts.every((part) => length(part) <= rig.channel.limits.textLength)).toBe(true);
    });

    test('choices beyond the limit are all readable as a list, and no payload shows more buttons than fit', () => {
      const wires = encode({ kind: 'choices', text: '请选择：', options: options(rig.channel.limits.options + 1) });
      const text = wires.map(reading.text).join('\n');
      expect(options(rig.channel.limits.options + 1).every((option) => text.includes(option.label))).toBe(true);
      expect(wires.every((wire) => reading.options(wire) <= rig.channel.limits.options)).toBe(true);
    });
  });
}
