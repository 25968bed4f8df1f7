/** Files between the platform and the house: what customers send is kept here, what agents send is uploaded there. */
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Attachment, Content } from '../../dialogs/vocabulary';
import { ChannelError } from '../channel';
import { type Files, kindOf } from '../files';
import { type Fetch, TencentError } from '../tencentApi';
import { type Media, mediaName, waiting } from './decode';
import type { Line } from './line';

const VideoAt = z.object({ video_url: z.url({ protocol: /^https?$/ }) });
const Uploaded = z.object({ media_id: z.string().min(1) });
/** The file is over, or never was. */
const GONE: ReadonlySet<number> = new Set([40004, 40007, 41006]);
const VIDEO_MS = 60_000;

type Tools = Readonly<{ files: Pick<Files, 'keep'>; fetch: Fetch }>;
type Found = Readonly<{ bytes: AsyncIterable<Uint8Array>; name: string | null }>;

/** The customer's file as the log keeps it. Throws when it may be had later; what never can be had is named in words. */
export async function fetchMedia(line: Line, media: Media, { files, fetch }: Tools): Promise<Content> {
  const missing = (why: string): Content => waiting(media, `${mediaName(media.kind)}（${why}）`);
  let found: Found;
  try {
    found = media.kind === 'video' ? await videoOf(line, media, fetch) : await line.media.download('/cgi-bin/media/get', query(media));
  } catch (error) {
    if (error instanceof TencentError && GONE.has(error.code)) return missing('微信服务器上已没有这个文件');
    throw error;
  }
  const kept = await files.keep(found.bytes, found.name ?? mediaName(media.kind));
  return kept.kind === 'kept' ? contentOf(kept.attachment, media) : missing(kept.message);
}

const query = ({ mediaId }: Media) => ({ media_id: mediaId });

function contentOf(attachment: Attachment, { kind, transcript }: Media): Content {
  // A voice message stays one, whatever its bytes are taken for.
  return { kind: kind === 'voice' ? 'voice' : kindOf(attachment.type), attachment, ...(transcript !== undefined && { transcript }) };
}

/** A video is answered with an address that needs no token. */
async function videoOf(line: Line, media: Media, fetch: Fetch): Promise<Found> {
  const { video_url } = VideoAt.parse(await line.media.get('/cgi-bin/media/get', query(media)));
  const response = await fetch(video_url, { redirect: 'error', signal: AbortSignal.timeout(VIDEO_MS) });
  if (response.ok && response.body) return { bytes: Readable.fromWeb(response.body as never), name: null };
  await response.body?.cancel();
  throw new ChannelError(`a video was answered with ${response.status}`, { retryable: true });
}

/** The platform's id of an uploaded picture. Throws ChannelError and TencentError. */
export async function uploadPicture(line: Line, { type, name }: Attachment, bytes: Uint8Array): Promise<string> {
  return Uploaded.parse(await line.media.upload('/cgi-bin/media/upload', { type: 'image' }, { name, type, bytes })).media_id;
}
