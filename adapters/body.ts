/** What a request brings, read so that nothing in it throws: its bytes as they were sent, its JSON, a part of its path. */
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

/** Null when it is no JSON, which no shape of ours takes. */
export function jsonIn(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return null;
  }
}

/** A part of a path without its escapes; as it stands when they are broken: no account has such a name. */
export function unescaped(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
