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

/** A stop waits for the read that is going on; in milliseconds. */
const LONGEST_READ = 1000;

/**
 * Connects and puts the adapter in; rejects when Redis cannot be reached at the start. The adapter's own broadcast would
 * wait for Redis even for visitors of this process, so each process tells its own and passes the word on.
 */
export async function joinOverRedis(io: VisitorServer, url: string, log: Log): Promise<Others> {
  const { createClient } = await import('redis');
  const { createAdapter } = await import('@socket.io/redis-streams-adapter');
  const client = createClient({ url });
  client.on('error', (error: unknown) => log.warn({ err: error }, 'web: Redis is away; visitors on other processes get replies late'));
  await client.connect();
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
