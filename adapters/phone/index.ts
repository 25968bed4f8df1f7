/** The telephone: a PBX posts what happens to calls, each signed with its account's secret. Nothing can be written to a telephone. */
import type { Reply } from '../../dialogs/vocabulary';
import { jsonIn, rawBodyOf } from '../body';
import type { CallEvent, Heard } from '../calls';
import { type Channel, ChannelError } from '../channel';
import { type Gateway, refuse, sendJson } from '../http';
import { plainTexts } from '../limits';
import { signatureRefusals, signedWith, type Verdict, verify } from '../signedBody';
import { read } from './decode';

export type PhoneAccount = Readonly<{ account: string; secret: string; extensions?: Readonly<Record<string, string>> | undefined }>;
export type PhoneOptions = Readonly<{
  accounts: readonly PhoneAccount[];
  /** Resolves once the event is durable. */
  hear(event: CallEvent): Promise<Heard>;
  now?: () => number;
}>;
export type Phone = Channel<string> & { readonly handle: Gateway };

const ADDRESS = /^\/api\/calls\/?(?:\?.*)?$/;
const BODY_AT_MOST = 16 * 1024;
const LIMITS = { textLength: 2000, options: 12 } as const;

/** `POST /api/calls`. Whose secret signed the body, that account it is. */
export function createPhone({ accounts, hear, now = Date.now }: PhoneOptions): Phone {
  let open = false;

  function signer(given: Parameters<typeof verify>[0]): PhoneAccount | Exclude<Verdict, 'ok'> {
    let verdict: Exclude<Verdict, 'ok'> = 'forged';
    for (const account of accounts) {
      const one = verify(given, account.secret, now());
      if (one === 'ok') return account;
      if (one !== 'forged') verdict = one;
    }
    return verdict;
  }

  const take: (...args: Parameters<Gateway>) => Promise<void> = async (request, response) => {
    const rawBody = await rawBodyOf(request, BODY_AT_MOST);
    if (!rawBody) return refuse(response, 'body-too-large', 'The body is larger than this address takes. Send less.');
    const account = signer(signedWith(rawBody, request.headers));
    if (typeof account === 'string') return refuse(response, ...signatureRefusals[account]);
    if (!open) return refuse(response, 'starting', 'The desk is starting or stopping. Send the same event again in a moment.');
    const got = read(account.account, jsonIn(rawBody), now());
    if (!got.ok) return refuse(response, 'message-invalid', `Mend these fields and send again: ${got.problem}`);
    const { extension } = got.event;
    const agent = got.event.agent ?? (extension === undefined ? undefined : account.extensions?.[extension]);
    sendJson(response, 202, await hear({ ...got.event, ...(agent !== undefined && { agent }) }));
  };

  return {
    name: 'phone',
    limits: LIMITS,
    decode: () => [],
    encode: (reply: Reply) => (reply.kind === 'file' ? [reply.text] : plainTexts(reply, LIMITS)),
    handle: (request, response) => (request.method === 'POST' && ADDRESS.test(request.url ?? '') ? take(request, response) : null),
    async send({ reply }) {
      // What the bot says stands in the log, and the agent on the line says it. An agent's own words would reach nobody.
      if ('from' in reply) throw new ChannelError('电话客户看不到文字，请拨打客户的号码告知', { retryable: false });
    },
    async start() {
      open = true;
      return async () => {
        open = false;
      };
    },
  };
}
