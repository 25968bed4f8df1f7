/** The platform's side of the Bot Framework: signs what it posts, publishes its keys, gives tokens, and takes what is said, in any mood. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Claims, createSigning, type Signer } from './signing';

/** An activity that was said to a conversation, with the token it came with. */
export type Got = Readonly<{ conversation: string; activity: Said; authorization: string | undefined; at: number }>;
export type Said = Readonly<{
  type: string;
  text?: string;
  textFormat?: string;
  replyToId?: string;
  summary?: string;
  from?: Readonly<{ id: string }>;
  recipient?: Readonly<{ id: string }>;
  entities?: readonly Readonly<{ type: string; mentioned?: Readonly<{ id: string }> }>[];
  suggestedActions?: Readonly<{ actions: readonly Readonly<{ title: string; value: string }>[] }>;
  attachments?: readonly Readonly<{ contentType: string; contentUrl?: string; name?: string; content?: ShownCard }>[];
}>;
export type ShownCard = Readonly<{
  body: readonly Readonly<Record<string, unknown>>[];
  actions?: readonly Readonly<{ title: string; data?: unknown; url?: string }>[];
}>;

/** What the platform does with the next call: takes it, refuses it, never answers, takes it and then breaks off, takes it and says so after a while. */
export type Mood =
  | 'fine'
  | 'silent'
  | 'cut'
  | 'lost'
  | Readonly<{ afterMs: number }>
  | Readonly<{ status: number; headers?: Readonly<Record<string, string>>; code?: string }>;
export type SharedFile = Readonly<{ bytes: Uint8Array; type: string }>;

export type TeamsPlatform = Awaited<ReturnType<typeof openTeamsPlatform>>;

export const TOKEN = 'token of the managed identity';

export async function openTeamsPlatform(signer: Signer = createSigning()) {
  const got: Got[] = [];
  const asked: { path: string; authorization: string | undefined }[] = [];
  const files = new Map<string, SharedFile>();
  let mood: (activity: Said) => Mood = () => 'fine';
  let keys: Mood = 'fine';
  const heard = new Set<() => void>();

  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    if (path.startsWith('/keys')) return sayKeys(path, response);
    // As a machine with a managed identity has it: no secret, a token for whoever runs there.
    if (path.startsWith('/identity')) {
      const expires = String(Math.floor(Date.now() / 1000) + 3600);
      return json(response, 200, {
        access_token: TOKEN,
        expires_on: expires,
        resource: 'https://api.botframework.com',
        token_type: 'Bearer',
      });
    }
    if (path.startsWith('/v3/attachments/')) return giveFile(path, request, response);
    const conversation = /^\/v3\/conversations\/([^/]+)\/activities(?:\/[^/]+)?$/.exec(path)?.[1];
    if (request.method !== 'POST' || conversation === undefined) return json(response, 404, {});
    const activity: Said = JSON.parse(await textOf(request));
    return take(decodeURIComponent(conversation), activity, request, response);
  });

  function take(conversation: string, activity: Said, { headers }: IncomingMessage, response: ServerResponse): void {
    const now = mood(activity);
    if (now === 'cut') return void response.destroy();
    if (now === 'silent') return;
    if (typeof now === 'object' && 'status' in now) {
      for (const [name, value] of Object.entries(now.headers ?? {})) response.setHeader(name, value);
      json(response, now.status, { error: { code: now.code ?? 'Failed', message: 'no' } });
      return;
    }
    got.push({ conversation, activity, authorization: headers.authorization, at: Date.now() });
    for (const wake of heard) wake();
    if (now === 'lost') return void response.destroy();
    const id = String(got.length);
    if (typeof now === 'object') setTimeout(() => response.destroyed || json(response, 201, { id }), now.afterMs);
    else json(response, 201, { id });
  }

  function sayKeys(path: string, response: ServerResponse): void {
    if (keys === 'silent') return;
    if (keys !== 'fine') json(response, 500, {});
    else
      json(
        response,
        200,
        path.endsWith('/jwks') ? { keys: [signer.jwk] } : { issuer: 'https://api.botframework.com', jwks_uri: `${url}/keys/jwks` },
      );
  }

  function giveFile(path: string, { headers }: IncomingMessage, response: ServerResponse): void {
    asked.push({ path, authorization: headers.authorization });
    const file = files.get(path);
    if (!file) json(response, 404, {});
    else response.writeHead(200, { 'content-type': file.type }).end(file.bytes);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server has one
  return {
    url,
    openIdUrl: `${url}/keys`,
    /** What a process needs to find the managed identity. */
    environment: { IDENTITY_ENDPOINT: `${url}/identity`, IDENTITY_HEADER: 'of this machine' },
    got,
    /** Who asked for files, and with which token. */
    asked,
    authorization: (claims: Claims): string => signer.authorization({ serviceurl: url, ...claims }),
    put(path: string, file: SharedFile): string {
      files.set(`/v3/attachments/${path}`, file);
      return `${url}/v3/attachments/${path}`;
    },
    behave(how: (activity: Said) => Mood): void {
      mood = how;
    },
    publishKeys(how: Mood): void {
      keys = how;
    },
    /** Resolves once what was said fits; the test's own limit is the only one. */
    async until<T>(look: () => T | undefined): Promise<T> {
      for (;;) {
        const found = look();
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            heard.delete(wake);
            resolve();
          };
          heard.add(wake);
        });
      }
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

/** Every word that a said activity shows, in the order in which it is read. */
export function shownText({ text, attachments = [] }: Pick<Said, 'text' | 'attachments'>): string {
  const cards = attachments.flatMap(({ content }) => (content ? [...content.body.map(elementText)] : []));
  return [...(text ? [text] : []), ...cards].join('\n');
}

function elementText(element: Readonly<Record<string, unknown>>): string {
  const { facts, text, label } = element;
  if (Array.isArray(facts)) return facts.map(({ title, value }) => `${title} ${value}`).join('\n');
  return String(text ?? label ?? '');
}

/** The buttons under what was said. */
export const buttonsOf = ({ suggestedActions, attachments = [] }: Pick<Said, 'suggestedActions' | 'attachments'>): number =>
  (suggestedActions?.actions.length ?? 0) + attachments.reduce((sum, { content }) => sum + (content?.actions?.length ?? 0), 0);
