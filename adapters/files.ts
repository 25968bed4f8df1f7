/** The contract of the file store: what customers and agents send each other besides words, kept once for every channel and desk. Nothing here may need Node or a browser. */
import type { Attachment } from '../dialogs/vocabulary';

/** What a message with such a file is: the media type decides, on every channel the same. A video is a file. */
export function kindOf(type: string): 'image' | 'voice' | 'file' {
  if (type.startsWith('image/')) return 'image';
  return type.startsWith('audio/') ? 'voice' : 'file';
}

const shown: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif']);
/** Whether every browser shows it as a picture; a HEIC of an iPhone is one to the customer and a file to most browsers. */
export const isShown = (type: string): boolean => shown.has(type);

/** What a link of ours is asked with for the small picture instead of the file. */
export const THUMB = 'thumb';
/** The address of a picture's small one; null where there can be none: no picture, or one that is not kept here. */
export function thumbOf({ url, type }: Pick<Attachment, 'url' | 'type'>): string | null {
  return kindOf(type) === 'image' && /^\/files\/[^?]+\?/.test(url) ? `${url}&${THUMB}` : null;
}

export type FileLimits = Readonly<{ maxBytes?: number; types?: readonly string[] }>;
/** Why a file was not kept: a reason for programs, a sentence for agents. `limit` in bytes. */
export type FileRefused = Readonly<{ kind: 'refused'; reason: 'too-large' | 'type-refused'; message: string; limit?: number }>;
export type Kept = Readonly<{ kind: 'kept'; attachment: Attachment }> | FileRefused;

export interface Files {
  /**
   * Keeps a file under the hash of its content; its type is what its bytes say, never what its name says. The attachment's address is what
   * the log keeps and opens nothing. Rejects when the bytes cannot be read to their end.
   */
  keep(bytes: AsyncIterable<Uint8Array>, name: string, limits?: FileLimits): Promise<Kept>;
  /** The bytes of a kept file; null when the attachment is from elsewhere or gone. */
  read(attachment: Attachment): Promise<Uint8Array | null>;
  /** The same attachment with an address on this server that opens for a day, for whoever may see it. One from elsewhere stays as it is. */
  open(attachment: Attachment): Attachment;
  /** The same with the whole address, for other programs; only a path when the server was not told its public address. */
  openOutside(attachment: Attachment): Attachment;
  /** The kept file an address of ours speaks of, as the log keeps it; null when forged, over or from elsewhere. */
  linked(url: string): Attachment | null;
}
