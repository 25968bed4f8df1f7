import { encode, LIMITS, type WecomWire } from '../../../adapters/wecom/encode';
import { channelContract, type Posted, type PostedFile } from '../../support/channelContract';
import { until } from '../../support/until';
import { callBack, kfEvent, signed } from '../../support/wecom/callback';
import { openRig } from '../../support/wecom/rig';
import { corp } from '../../support/wecom/state';

const textOf = (wire: WecomWire): string => {
  if (wire.msgtype === 'text') return wire.text.content;
  return wire.msgtype === 'msgmenu'
    ? [wire.msgmenu.head_content, ...wire.msgmenu.list.map(({ click }) => click.content)].join('\n')
    : wire.text;
};
const menuOf = (wire: WecomWire): number => (wire.msgtype === 'msgmenu' ? wire.msgmenu.list.length : 0);

channelContract<WecomWire>(
  'wecom',
  async (accept) => {
    let refused = 0;
    const rig = await openRig(async (message, request) => {
      try {
        return await accept(message, request);
      } catch (error) {
        refused += 1;
        throw error;
      }
    });
    const { platform } = rig;
    const said = new Map<string, string>();

    /** WeCom hears "success" for the signal alone; what counts as acknowledged is that the cursor went past the message. */
    async function fetched(account: string, kfid: string): Promise<boolean> {
      const mark = `mark:${account}:${kfid}`;
      const before = refused;
      if (!(await platform.signal(kfid))) return false;
      await until(async () => {
        const value = (await rig.notebook.read(mark))?.value as { asked: number; done: number } | undefined;
        return refused > before || (value !== undefined && value.asked === value.done);
      });
      return refused === before;
    }

    async function say(message: Omit<Posted, 'text'>, content: Parameters<typeof platform.state.say>[2]): Promise<boolean> {
      const kfid = `wk-${message.account}`;
      const known = `${kfid}/${message.id}`;
      const items = platform.state.journal(kfid);
      const first = items.find(({ msgid }) => msgid === message.id);
      // A page that comes again holds the very same item.
      if (said.has(known) && first) platform.state.append(kfid, first);
      else platform.state.say(kfid, message.user, content, message.id);
      said.set(known, message.id);
      return fetched(message.account, kfid);
    }

    return {
      channel: rig.wecom,
      accounts: ['school', 'other'],
      post: (message) => say(message, { msgtype: 'text', text: { content: message.text } }),
      async forge({ account, user, id, text }) {
        platform.state.say(`wk-${account}`, user, { msgtype: 'text', text: { content: text } }, id);
        const event = kfEvent({ corpId: `ww${account}` }, `wk-${account}`, 'token', Date.now());
        return callBack(rig.address(account), signed({ ...corp(account), token: 'another token' }, event, Date.now()));
      },
      postFile: (file: PostedFile) => {
        const media = platform.state.keepMedia(file.name, 'image/png', Buffer.from(file.bytes));
        return say(file, { msgtype: 'image', image: { media_id: media } });
      },
      platform: {
        async away() {
          platform.moods.away = true;
        },
        async back() {
          platform.moods.away = false;
        },
        got: async (account, user) => rig.got(`wk-${account}`, user),
      },
      stop: rig.stop,
      close: rig.close,
    };
  },
  { text: textOf, options: menuOf, length: (text) => Buffer.byteLength(text) },
  { files: true, pushes: true },
);

test('what the contract reads is what is sent', () => {
  expect(encode({ kind: 'text', text: '好'.repeat(LIMITS.textLength) }).every(({ msgtype }) => msgtype === 'text')).toBe(true);
});
