/** The bytes of a request as they were sent: what its signature is over. */
import type { IncomingMessage } from 'node:http';

/** Null when there are more than `limit` bytes, or when the connection breaks off, and then nobody hears the answer. */
export function rawBodyOf(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= limit) parts.push(part);
    });
    request.on('end', () => resolve(size > limit ? null : Buffer.concat(parts, size)));
    request.on('error', () => resolve(null));
  });
}
