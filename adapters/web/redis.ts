/** Joins the sockets of several processes over Redis. Loaded only when REDIS_URL is set. */
import type { Log } from './receive';
import type { VisitorServer } from './sockets';

/** Connects and puts the adapter in; resolves to the function that lets go again. Rejects when Redis cannot be reached at the start. */
export async function joinOverRedis(io: VisitorServer, url: string, log: Log): Promise<() => Promise<void>> {
  const { createClient } = await import('redis');
  const { createAdapter } = await import('@socket.io/redis-streams-adapter');
  const client = createClient({ url });
  client.on('error', (error: unknown) => log.warn({ err: error }, 'web: Redis is away; live replies reach only visitors on this process'));
  await client.connect();
  io.adapter(createAdapter(client, { streamName: 'qiao-web' }));
  return async () => {
    await client.close();
  };
}
