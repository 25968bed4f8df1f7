import type { MailBody } from '../../../adapters/email/encode';
import { channelContract, type Posted } from '../../support/channelContract';
import { write } from '../../support/email/write';
import { ACCOUNTS, AUTHSERV, addressOf, openRig } from './rig';

const customer = (user: string): string => `${user}@parents.example`;
const mailOf = ({ account, user, id }: Omit<Posted, 'text'>) => ({
  from: customer(user),
  to: addressOf(account),
  messageId: `<${id}@parents.example>`,
});

channelContract<MailBody>(
  'e-mail',
  async (accept) => {
    const rig = await openRig(accept);
    return {
      channel: rig.email,
      accounts: ACCOUNTS,
      post: async (message) => rig.deliver(await write({ ...mailOf(message), text: message.text }), message.account),
      // Anybody may write a mail; forged is one of which our own server found out that it is not from whom it says.
      forge: async (message) => {
        const headers = { 'Authentication-Results': `${AUTHSERV}; spf=fail smtp.mailfrom=parents.example; dmarc=fail` };
        return rig.deliver(await write({ ...mailOf(message), headers, text: message.text }), message.account);
      },
      postFile: async ({ name, bytes, ...message }) =>
        rig.deliver(await write({ ...mailOf(message), attachments: [{ filename: name, content: Buffer.from(bytes) }] }), message.account),
      platform: {
        away: rig.office.away,
        back: rig.office.back,
        got: async (_, user) => rig.office.for(customer(user)).map(({ mail }) => mail.text ?? ''),
      },
      stop: rig.stop,
      close: rig.close,
    };
  },
  { text: (wire) => wire.text, options: () => 0 },
  { files: true, pushes: true },
);
