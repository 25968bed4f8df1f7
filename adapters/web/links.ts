/** Links to uploaded files: signed, and over after a while. The log keeps the bare path; whoever may see the line gets a fresh link. */
import { basename } from 'node:path';
import type { Attachment } from '../../dialogs/vocabulary';
import { createSigner } from './signature';
import { paths } from './wire';

const HOUR = 60 * 60 * 1000;
export const LINK_LIFE = 24 * HOUR;

/** What a link speaks of: the stored file, and what the uploader called it. */
export type Linked = Readonly<{ file: string; name: string; size: number }>;

export type Links = Readonly<{
  /** The same attachment with an address that opens for LINK_LIFE. Attachments that are not ours stay as they are. */
  open(attachment: Attachment): Attachment;
  /** What a link we signed speaks of; null when forged or over. */
  read(url: string): Linked | null;
  /** The address without signature: what the log keeps. */
  bare(file: string): string;
}>;

/** `<sha-256>.<extension>`: the only names that ever reach the file system. */
export const STORED_NAME = /^[0-9a-f]{64}\.(png|jpg|webp|gif|pdf)$/;

export function createLinks(secret: string, now: () => number): Links {
  const signer = createSigner(secret, 'qiao web upload');
  const bare = (file: string): string => `${paths.uploads}/${file}`;
  const signed = (linked: Linked, until: number): string => JSON.stringify([linked.file, linked.name, linked.size, until]);
  return {
    bare,
    open(attachment) {
      const linked = { file: basename(attachment.url), name: attachment.name, size: attachment.size };
      if (attachment.url !== bare(linked.file)) return attachment;
      const until = now() + LINK_LIFE;
      const query = new URLSearchParams({
        name: linked.name,
        size: String(linked.size),
        until: String(until),
        sig: signer.sign(signed(linked, until)),
      });
      return { ...attachment, url: `${attachment.url}?${query}` };
    },
    read(url) {
      if (!URL.canParse(url, 'http://any')) return null;
      const { pathname, searchParams } = new URL(url, 'http://any');
      const linked = { file: basename(pathname), name: searchParams.get('name') ?? '', size: Number(searchParams.get('size')) };
      const until = Number(searchParams.get('until'));
      if (pathname !== bare(linked.file) || !STORED_NAME.test(linked.file) || !(until > now())) return null;
      return signer.verify(signed(linked, until), searchParams.get('sig') ?? '') ? linked : null;
    },
  };
}
