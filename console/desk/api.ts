/** Asks the server: every answer is either what was asked for or a sentence that says what went wrong. */
import {
  type Done,
  type Failure,
  type Found,
  type Lists,
  type Maybe,
  type Notices,
  type PageAct,
  type People,
  type Phone,
  paths,
  REQUEST_HEADER,
  type SignedIn,
  type TicketView,
  type Values,
} from '../../adapters/page/wire';

/** `sure` is false when it is not known whether the server did it: then the same may be sent again. */
export type Wrong = Readonly<{ ok: false; status: number; message: string; fields: Values; sure: boolean }>;
export type Answer<T> = Readonly<{ ok: true; value: T }> | Wrong;

export type Api = Readonly<{
  session(): Promise<Answer<SignedIn>>;
  signIn(token: string): Promise<Answer<SignedIn>>;
  signOut(): Promise<Answer<unknown>>;
  lists(department: string): Promise<Answer<Lists>>;
  find(text: string): Promise<Answer<Found>>;
  people(): Promise<Answer<People>>;
  notices(): Promise<Answer<Notices>>;
  ticket(number: string): Promise<Answer<TicketView>>;
  maybe(number: string): Promise<Answer<Maybe>>;
  act(number: string, act: PageAct): Promise<Answer<Done>>;
  reveal(number: string): Promise<Answer<Phone>>;
}>;

const PATIENCE_MS = 20_000;

/** Made once per click and kept on every retry. Not randomUUID(): that is missing on plain http in a local network. */
export function clickId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `signedOut` is told whenever the server no longer knows who we are. */
export function createApi(signedOut: () => void): Api {
  async function ask<T>(path: string, method = 'GET', body?: unknown): Promise<Answer<T>> {
    let response: Response;
    try {
      response = await fetch(path, {
        method,
        headers: { [REQUEST_HEADER]: '1', ...(body !== undefined && { 'content-type': 'application/json' }) },
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    } catch {
      return { ok: false, status: 0, message: '连不上服务器，请检查网络后重试。', fields: {}, sure: false };
    }
    // Our own server, in the shapes of wire.ts; a proxy's error page has none of them.
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok && answer !== null) return { ok: true, value: answer as T };
    const { error } = (answer ?? {}) as Partial<Failure>;
    if (response.status === 401 && path !== paths.session) signedOut();
    const message = error?.message ?? `服务器没有正常回应（${response.status}），请稍候重试。`;
    return { ok: false, status: response.status, message, fields: error?.fields ?? {}, sure: response.status < 500 };
  }
  const of = (number: string): string => `${paths.tickets}/${encodeURIComponent(number)}`;

  return {
    session: () => ask(paths.session),
    signIn: (token) => ask(paths.session, 'POST', { token }),
    signOut: () => ask(paths.session, 'DELETE', {}),
    lists: (department) => ask(`${paths.lists}?${new URLSearchParams({ department })}`),
    find: (text) => ask(`${paths.find}?${new URLSearchParams({ text })}`),
    people: () => ask(paths.people),
    notices: () => ask(paths.notices),
    ticket: (number) => ask(of(number)),
    maybe: (number) => ask(`${of(number)}/candidates`),
    act: (number, act) => ask(`${of(number)}/acts`, 'POST', act),
    reveal: (number) => ask(`${of(number)}/phone`, 'POST', { id: clickId() }),
  };
}
