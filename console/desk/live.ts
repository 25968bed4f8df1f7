/** The live feed: says what changed, and when the line broke and came back. */
import { io } from 'socket.io-client';
import { paths, type ToPage } from '../../adapters/page/wire';

export type Live = Readonly<{ close(): void }>;
export type Hears = ToPage & Readonly<{ online(on: boolean): void; signedOut(): void }>;

const AGAIN_MS = 3_000;

export function openLive(hears: Hears): Live {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const socket = io({
    path: paths.live,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 8000,
    forceNew: true,
  });
  socket.on('connect', () => hears.online(true));
  const lost = (): void => {
    hears.online(false);
    // A server that hung up on us is not called again by the library.
    if (!socket.active) timer = setTimeout(() => socket.connect(), AGAIN_MS);
  };
  socket.on('disconnect', lost);
  socket.on('connect_error', (error) => {
    if (error.message === 'signed-out') return hears.signedOut();
    lost();
  });
  socket.on('card', hears.card);
  socket.on('line', hears.line);
  socket.on('notice', hears.notice);
  socket.on('call', hears.call);
  return {
    close() {
      clearTimeout(timer);
      socket.off();
      socket.disconnect();
    },
  };
}
