/** Joins the sockets of several processes over Redis. Loaded only when REDIS_URL is set. */
import type { Log } from './receive';
import type { VisitorServer } from './sockets';
import type { Line } from './wire';

export type Others = Readonly<{
  /** Passes on to the other processes what this one has told its own visitors. */
  lines(room: string, lines: readonly Line[]): void;
  typing(room: string, on: boolean): void;
  leave(): Promise<void>;
}>;

/** At the start a Redis that is not there is the operator's to mend, after a second or two; one that goes away later is waited for. */
const FIRST_TRIES = 5;
/** What waits for Redis to come back; visitors of other processes read the rest in the log. */
const QUEUED_AT_MOST = 1_000;
/** A stop waits for the read that is going on; in milliseconds. */
const LONGEST_READ = 1000;

/**
 * Connects and puts the adapter in; rejects when Redis cannot be reached at the start. The adapter's own broadcast would
 * wait for Redis even for visitors of this process, so each process tells its own and passes the word on.
 */
export async function joinOverRedis(io: VisitorServer, url: string, log: Log): Promise<Others> {
  const { createClient } = await import('redis');
  const { createAdapter } = await import('@socket.io/redis-streams-adapter');
  let joined = false;
  const client = createClient({
    url,
    commandsQueueMaxLength: QUEUED_AT_MOST,
    socket: { reconnectStrategy: (tries) => (joined || tries < FIRST_TRIES ? Math.min(2_000, 50 * 2 ** tries) : false) },
  });
  client.on('error', (error: unknown) => log.warn({ err: error }, 'web: Redis is away; visitors on other processes get replies late'));
  await client.connect().catch((cause) => {
    throw new Error('no Redis answers at REDIS_URL; start it, or take the key out of .env if this is the only process', { cause });
  });
  joined = true;
  io.adapter(createAdapter(client, { streamName: 'qiao-web', blockTimeInMs: LONGEST_READ }));
  io.on('lines', (room, lines) => io.local.to(room).emit('lines', lines));
  io.on('typing', (room, on) => io.local.to(room).emit('typing', on));
  return {
    lines: (room, lines) => void io.serverSideEmit('lines', room, lines),
    typing: (room, on) => void io.serverSideEmit('typing', room, on),
    async leave() {
      await io.sockets.adapter.close();
      if (client.isReady) await client.close();
      else client.destroy();
    },
  };
}
