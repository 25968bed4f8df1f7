import type { Wire } from '../../../adapters/wechat/encode';
import { channelContract, type Posted } from '../../support/channelContract';
import { until } from '../../support/until';
import { type Gateway, openGateway } from '../../support/wechat/gateway';
import { openWechat } from '../../support/wechat/rig';

/** Written after a message that must be ignored: once it came through, the one before it never will. */
const MARKER = 'marker';
const ACCOUNTS = ['help', 'office'] as const;

channelContract<Wire>(
  'WeChat',
  async (accept) => {
    const gateways = new Map<string, Gateway>();
    for (const account of ACCOUNTS) gateways.set(account, await openGateway({ id: `self-${account}`, name: '小桥' }));
    const gatewayOf = (account: string): Gateway => gateways.get(account) as Gateway;
    /** Messages whose fate is known: stored, or refused by the store at least once. */
    const fates = new Map<string, boolean>();
    const watched: typeof accept = async (message) => {
      const name = `${message.from.account} ${message.id}`;
      if (message.id === MARKER) {
        fates.set(name, true);
        return { id: name, conversation: name, duplicate: false };
      }
      try {
        const accepted = await accept(message);
        fates.set(name, true);
        return accepted;
      } catch (error) {
        fates.set(name, false);
        throw error;
      }
    };
    const rig = await openWechat(watched, { accounts: ACCOUNTS.map((account) => ({ account, ...gatewayOf(account).reached })) });
    for (const account of ACCOUNTS) await rig.becomes(account, 'online');
    let stopped = false;

    /** There is no acknowledgement on this wire; whether it was stored is what one would say. */
    async function fate({ account, id }: Pick<Posted, 'account' | 'id'>): Promise<boolean> {
      const name = `${account} ${id}`;
      if (stopped) return false;
      await until(() => fates.has(name), `the fate of ${name}`);
      return fates.get(name) === true;
    }

    return {
      channel: rig.wechat,
      accounts: ACCOUNTS,
      async post({ account, user, id, text }) {
        // What the store refused is offered again by the channel itself.
        if (fates.get(`${account} ${id}`) === false) fates.delete(`${account} ${id}`);
        gatewayOf(account).write({ id, from: user, text });
        return fate({ account, id });
      },
      async forge({ account, id, text }) {
        const gateway = gatewayOf(account);
        // Nobody signs messages behind a gateway: what can be forged is whose words they are.
        gateway.write({ id, from: `self-${account}`, text });
        gateway.write({ id: MARKER, from: 'u9', text: '在吗' });
        await fate({ account, id: MARKER });
        return fates.get(`${account} ${id}`) === true;
      },
      async postFile({ account, user, id, name, bytes }) {
        gatewayOf(account).writeFile(user, name, bytes, id);
        return fate({ account, id });
      },
      platform: {
        async away() {
          await gatewayOf('help').kill();
          await rig.becomes('help', 'away');
        },
        async back() {
          await gatewayOf('help').revive();
          await rig.becomes('help', 'online');
        },
        got: async (account, user) => gatewayOf(account).said.flatMap(({ to, text }) => (to === user ? [text] : [])),
      },
      async stop() {
        stopped = true;
        await rig.stop();
      },
      async close() {
        await rig.close();
        for (const gateway of gateways.values()) await gateway.close();
      },
    };
  },
  { text: (wire) => wire.text, options: () => 0 },
  { files: true, pushes: true },
);
