/** The way to a kept file over HTTP. The signed link is the permission: pictures are fetched by <img>, which sends no token. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { isShown } from '../../adapters/files';
import { type Gateway, refuse } from '../../adapters/http';
import type { FileStore } from './files';
import { FOLDER } from './links';

/** What RFC 8187 lets stand in a header. */
const escaped = (name: string): string => encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/** `GET /files/<hash>.<ext>?…&sig=…`; null for every other address. */
export function createFileDoor(files: Pick<FileStore, 'pathOf'>): Gateway {
  async function give(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const linked = files.pathOf(request.url ?? '');
    const found = linked && (await stat(linked.path).catch(() => null));
    if (!linked || !found)
      return refuse(response, 'not-found', 'This link is over or was changed. Open the file from the conversation again.');
    const shown = isShown(linked.type) ? 'inline' : 'attachment';
    response.writeHead(200, {
      'content-type': linked.type,
      'content-length': found.size,
      'content-disposition': `${shown}; filename*=UTF-8''${escaped(linked.name)}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'private, max-age=86400, immutable',
    });
    if (request.method === 'HEAD') return void response.end();
    // A reader who goes away in the middle is no failure of ours.
    await pipeline(createReadStream(linked.path), response).catch(() => response.destroy());
  }

  return (request, response) => {
    const asks = request.method === 'GET' || request.method === 'HEAD';
    return asks && request.url?.startsWith(FOLDER) ? give(request, response) : null;
  };
}
