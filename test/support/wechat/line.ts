/** A line to a gateway on which a connection may go dead without either side being told, as behind a firewall that forgets it. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type Line = Readonly<{
  endpoint: string;
  /** What is connected now stays so, and nothing comes through any more; whoever connects anew is heard. */
  dies(): void;
  close(): Promise<void>;
}>;

export async function openLine(endpoint: string): Promise<Line> {
  const [host, port] = endpoint.split(':');
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), host);
    for (const [socket, other] of [[near, far] as const, [far, near] as const]) {
      sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy()).on('close', () => sockets.delete(socket));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    dies() {
      for (const socket of sockets) socket.unpipe().pause();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
