/** An agent at the desk's page as the server sees them: real HTTP, a real socket, a cookie. */
import { io, type Socket } from 'socket.io-client';
import {
  type Done,
  type Failure,
  type Lists,
  type PageAct,
  paths,
  REQUEST_HEADER,
  type TicketView,
  type ToPage,
} from '../../adapters/page/wire';

export type Answered<T> = Readonly<{ status: number; body: T & Partial<Failure>; cookie: string }>;
export type PageAgent = Readonly<{
  cookie: string;
  get<T>(path: string): Promise<Answered<T>>;
  post<T>(path: string, body: unknown): Promise<Answered<T>>;
  act(number: string, act: PageAct): Promise<Answered<Done>>;
  ticket(number: string): Promise<TicketView>;
  lists(): Promise<Lists>;
}>;

/** What the page's own requests carry. */
export const OWN = { [REQUEST_HEADER]: '1', 'content-type': 'application/json' };

export async function request<T>(
  url: string,
  init: Readonly<{ method?: string; headers?: Readonly<Record<string, string>>; body?: unknown }> = {},
): Promise<Answered<T>> {
  const { method = 'GET', headers = {}, body } = init;
  const response = await fetch(url, { method, headers: { ...headers }, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const cookie = response.headers.get('set-cookie') ?? '';
  // The test server answers in the shape the wire types promise.
  return { status: response.status, body: (await response.json()) as T & Partial<Failure>, cookie };
}

export async function signIn(url: string, token: string): Promise<PageAgent> {
  const { status, cookie: set, body } = await request(`${url}${paths.session}`, { method: 'POST', headers: OWN, body: { token } });
  if (status !== 200) throw new Error(`not signed in: ${status} ${JSON.stringify(body)}`);
  return withCookie(url, set.split(';', 1)[0] ?? '');
}

export function withCookie(url: string, cookie: string): PageAgent {
  const get = <T>(path: string) => request<T>(`${url}${path}`, { headers: { cookie } });
  const post = <T>(path: string, body: unknown) => request<T>(`${url}${path}`, { method: 'POST', headers: { ...OWN, cookie }, body });
  return {
    cookie,
    get,
    post,
    act: (number, act) => post(`${paths.tickets}/${number}/acts`, act),
    ticket: async (number) => (await get<TicketView>(`${paths.tickets}/${number}`)).body,
    lists: async () => (await get<Lists>(paths.lists)).body,
  };
}

export type Watching = Readonly<{
  socket: Socket<ToPage>;
  /** Resolves with the first event of this name that fits, be it past or to come. */
  hears<K extends keyof ToPage>(event: K, fits: (...data: Parameters<ToPage[K]>) => boolean): Promise<Parameters<ToPage[K]>>;
  leave(): void;
}>;

/** Resolves when connected; rejects with the server's reason when refused. */
export async function watch(url: string, cookie: string, headers: Readonly<Record<string, string>> = {}): Promise<Watching> {
  const socket: Socket<ToPage> = io(url, {
    path: paths.live,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { cookie, ...headers },
  });
  const heard: { event: string; data: unknown[] }[] = [];
  const waiting = new Set<() => void>();
  socket.onAny((event: string, ...data: unknown[]) => {
    heard.push({ event, data });
    for (const look of waiting) look();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error) => {
      socket.disconnect();
      reject(error);
    });
  });
  return {
    socket,
    hears: (wanted, fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          // What came under this name has this shape.
          const found = heard.find(({ event, data }) => event === wanted && fits(...(data as Parameters<ToPage[typeof wanted]>)));
          if (!found) return;
          waiting.delete(look);
          resolve(found.data as Parameters<ToPage[typeof wanted]>);
        };
        waiting.add(look);
        look();
      }),
    leave: () => void socket.disconnect(),
  };
}
