/** Microsoft Teams, Web Chat and the Bot Framework Emulator: activities come in signed, replies go out by the stored reference after the turn. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from '../../dialogs/vocabulary';
import { jsonIn, rawBodyOf, unescaped } from '../body';
import { type Accept, type Channel, ChannelError, type Outgoing } from '../channel';
import { type Gateway, refuse } from '../http';
import { Activity } from './activity';
import { createConnector } from './connector';
import { decode, heardIn } from './decode';
import { encode, LIMITS, type Said } from './encode';
import type { TeamsAccount, TeamsOptions } from './options';
import { createReceive, type Desk } from './receive';
import { createReferences } from './reference';
import { createSends, openable } from './sends';
import { createFetchShared } from './shared';

export type Teams = Channel<Said> & { readonly handle: Gateway };
export type { TeamsOptions } from './options';

const ADDRESS = /^\/channels\/teams\/([^/?]+)\/?(?:\?|$)/i;
/** What the vendor's own examples and tools expect; clear when there is one account. */
const USUAL_ADDRESS = /^\/api\/messages\/?(?:\?|$)/i;
/** Without a signature only programs on this machine are answered. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
/** Teams sends at most 100 KB or so; a file is never in it. */
const BODY_AT_MOST = 512 * 1024;

/** `POST /channels/teams/:account`, and `POST /api/messages` while there is a single account. */
export function createTeams(options: TeamsOptions): Teams {
  const { accounts, notebook, files, log, openIdUrl, now = Date.now, sendWithinMs = 8_000, fetchWithinMs = 6_000 } = options;
  const references = createReferences(notebook);
  const sends = createSends();
  const receive = createReceive({ ...options, now, references, fetchShared: createFetchShared(files, fetchWithinMs) });
  const desks = new Map<string, Desk>(
    accounts.map((account) => [
      account.account,
      { ...account, connector: createConnector(account, { openIdUrl, sendWithinMs, now }), heardAt: null, saidAt: null, trouble: null },
    ]),
  );
  let accept: Accept | null = null;

  function warnOpen({ account }: TeamsAccount): void {
    const message =
      'teams: this account has no app id, so anybody on this machine can speak as anybody; for development only, never in production';
    log.warn({ account }, message);
  }

  async function take(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const desk = desks.get(name);
    if (!desk) return refuse(response, 'account-unknown', 'No such account. Add it to TEAMS_ACCOUNTS.');
    const rawBody = await rawBodyOf(request, BODY_AT_MOST);
    if (!rawBody) return refuse(response, 'body-too-large', 'The body is larger than this address takes. Send less.');
    const activity = Activity.safeParse(jsonIn(rawBody));
    if (!activity.success) return refuse(response, 'message-invalid', 'This is no activity of a Bot Framework channel.');
    if (!accept) return refuse(response, 'starting', 'The desk is starting or stopping. Send the same message again in a moment.');
    const verdict = isOpen(desk)
      ? onLoopback(activity.data)
      : await desk.connector.verify(activity.data, request.headers.authorization ?? '');
    if (verdict === 'forged') return refuse(response, 'token-wrong', 'The token does not prove that a channel sent this to this bot.');
    if (verdict === 'keys-away')
      return refuse(response, 'keys-unavailable', 'The keys to check the token cannot be fetched. Send again in a moment.');
    // Nobody waits for an answer of ours that a card or a dialog of another bot would give.
    if (activity.data.type === 'invoke') return void response.writeHead(501).end();
    desk.heardAt = now();
    const heard = heardIn(activity.data);
    await receive(desk, activity.data, heard, accept, response.getHeader('x-request-id')?.toString());
    response.writeHead(200).end();
  }

  const handle: Gateway = (request, response) => {
    if (request.method !== 'POST') return null;
    const named = ADDRESS.exec(request.url ?? '')?.[1];
    if (named !== undefined) return take(unescaped(named), request, response);
    const [only, ...others] = accounts;
    return USUAL_ADDRESS.test(request.url ?? '') && only && others.length === 0 ? take(only.account, request, response) : null;
  };

  async function send({ key, to, reply }: Outgoing): Promise<void> {
    const desk = desks.get(to.account);
    if (!desk) throw new ChannelError(`TEAMS_ACCOUNTS has no account ${to.account} any more`, { retryable: false });
    const reference = await references.of(to);
    if (!reference) throw new ChannelError('this customer has never written here', { retryable: false });
    const place = reference.group ? { to: reference.user } : {};
    try {
      await sends.say({ key }, encode(opened(reply), place), (part) => desk.connector.send(reference, part));
      desk.saidAt = now();
      desk.trouble = null;
    } catch (error) {
      desk.trouble = error instanceof Error ? error.message : String(error);
      throw error;
    }
  }

  function opened(reply: Reply): Reply {
    if (reply.kind !== 'file') return reply;
    const attachment = files.openOutside(reply.attachment);
    return { ...reply, attachment: { ...attachment, url: openable(attachment.url) } };
  }

  return {
    name: 'teams',
    limits: LIMITS,
    decode,
    encode: (reply) => encode(reply),
    handle,
    send,
    async start(deliver) {
      for (const account of accounts) if (isOpen(account)) warnOpen(account);
      accept = deliver;
      return async () => {
        accept = null;
      };
    },
    health: () => ({
      accounts: [...desks.values()].map(({ account, heardAt, saidAt, trouble }) => ({ account, heardAt, saidAt, trouble })),
    }),
  };
}

const isOpen = ({ appId, development }: TeamsAccount): boolean => development === true && !appId;
const onLoopback = ({ serviceUrl }: Activity) => (LOOPBACK.test(new URL(serviceUrl).hostname) ? 'ours' : 'forged');
