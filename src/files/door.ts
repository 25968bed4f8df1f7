/** The way to a kept file over HTTP. The signed link is the permission: pictures are fetched by <img>, which sends no token. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isShown, kindOf } from '../../adapters/files';
import { type Gateway, refuse } from '../../adapters/http';
import type { Attachment } from '../../dialogs/vocabulary';
import type { FileStore } from './files';
import { FOLDER } from './links';
import { lengthOf, type Part, partOf } from './part';

/** What RFC 8187 lets stand in a header. */
const escaped = (name: string): string => encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/** Of a picture there is a small one under the same address. */
const isWhole = ({ type }: Attachment): boolean => kindOf(type) === 'image';
const tagOf = ({ url }: Attachment): string => `"${basename(url)}"`;

/** Null for the whole, also when whoever asks holds a part of another file. A HEAD tells of the whole. */
function asked({ method, headers }: IncomingMessage, linked: Attachment): Part | 'none' | null {
  if (method !== 'GET' || isWhole(linked)) return null;
  const { range, 'if-range': held } = headers;
  return held === undefined || held === tagOf(linked) ? partOf(range, linked.size) : null;
}

const isPlayed = (type: string): boolean => /^(audio|video)\//.test(type);

/**
 * `GET /files/<hash>.<ext>?…&sig=…[&thumb]`; null for every other address. The bytes go through us also where they lie in a bucket: an address
 * of the bucket would open for whoever it is passed to, under a name and with headers that are not ours to set. All but pictures are also
 * given in parts.
 */
export function createFileDoor(files: Pick<FileStore, 'give' | 'linked'>): Gateway {
  async function give(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const linked = files.linked(request.url ?? '');
    const part = linked && asked(request, linked);
    if (part === 'none') return void response.writeHead(416, { 'content-range': `bytes */${linked?.size}`, 'content-length': 0 }).end();
    const given = await files.give(request.url ?? '', part);
    if (!linked || !given)
      return refuse(response, 'not-found', 'This link is over or was changed. Open the file from the conversation again.');
    const { name, type, size, bytes } = given;
    // A storage that knows no parts gives the whole.
    const isPart = part !== null && lengthOf(part) === size;
    response.writeHead(isPart ? 206 : 200, {
      'content-type': type,
      'content-length': size,
      ...(isPart && { 'content-range': `bytes ${part.from}-${part.to}/${linked.size}` }),
      ...(!isWhole(linked) && { 'accept-ranges': 'bytes', etag: tagOf(linked) }),
      'content-disposition': `${isShown(type) || isPlayed(type) ? 'inline' : 'attachment'}; filename*=UTF-8''${escaped(name)}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; media-src 'self'; sandbox",
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
