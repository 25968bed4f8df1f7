/** The way to a kept file over HTTP. The signed link is the permission: pictures are fetched by <img>, which sends no token. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { isShown } from '../../adapters/files';
import { type Gateway, refuse } from '../../adapters/http';
import type { FileStore } from './files';
import { FOLDER } from './links';

/** What RFC 8187 lets stand in a header. */
const escaped = (name: string): string => encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/**
 * `GET /files/<hash>.<ext>?…&sig=…[&thumb]`; null for every other address. The bytes go through us also where they lie in a bucket: an address
 * of the bucket would open for whoever it is passed to, under a name and with headers that are not ours to set.
 */
export function createFileDoor(files: Pick<FileStore, 'give'>): Gateway {
  async function give(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const given = await files.give(request.url ?? '');
    if (!given) return refuse(response, 'not-found', 'This link is over or was changed. Open the file from the conversation again.');
    const { name, type, size, bytes } = given;
    const shown = isShown(type) ? 'inline' : 'attachment';
    response.writeHead(200, {
      'content-type': type,
      'content-length': size,
      'content-disposition': `${shown}; filename*=UTF-8''${escaped(name)}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'private, max-age=86400, immutable',
    });
    if (request.method === 'HEAD') {
      bytes.destroy();
      return void response.end();
    }
    // A reader who goes away in the middle is no failure of ours; a file cut short shows by its length.
    await pipeline(bytes, response).catch(() => response.destroy());
  }

  return (request, response) => {
    const asks = request.method === 'GET' || request.method === 'HEAD';
    return asks && request.url?.startsWith(FOLDER) ? give(request, response) : null;
  };
}
