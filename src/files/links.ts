/** Links to kept files: signed, and over after a while. The log keeps the bare path; whoever may see the line gets a fresh link. */
import { basename } from 'node:path';
import { createSigner } from '../../adapters/signature';
import type { Attachment } from '../../dialogs/vocabulary';
import { STORED_NAME, typeOf } from './types';

const HOUR = 60 * 60 * 1000;
export const LINK_LIFE = 24 * HOUR;
export const FOLDER = '/files/';

export type Links = Readonly<{
  /** The same attachment with an address that opens for LINK_LIFE. Attachments that are not ours stay as they are. */
  open(attachment: Attachment): Attachment;
  /** What a link we signed speaks of, with the bare address; null when forged or over. */
  read(url: string): Attachment | null;
}>;

/** The address without signature: what the log keeps. */
export const bare = (file: string): string => `${FOLDER}${file}`;

/** The stored file an address speaks of, with or without signature; null when it is none of ours. */
export function storedAt(url: string): string | null {
  if (!URL.canParse(url, 'http://any')) return null;
  const { pathname } = new URL(url, 'http://any');
  const file = basename(pathname);
  return pathname === bare(file) && STORED_NAME.test(file) ? file : null;
}

export function createLinks(secret: string, now: () => number): Links {
  const signer = createSigner(secret, 'qiao file');
  const signed = (file: string, name: string, size: number, until: number): string => JSON.stringify([file, name, size, until]);
  return {
    open(attachment) {
      const { name, size, url } = attachment;
      const file = storedAt(url);
      if (file === null || url !== bare(file)) return attachment;
      const until = now() + LINK_LIFE;
      const sig = signer.sign(signed(file, name, size, until));
      return { ...attachment, url: `${url}?${new URLSearchParams({ name, size: String(size), until: String(until), sig })}` };
    },
    read(url) {
      const file = storedAt(url);
      const type = file === null ? undefined : typeOf(file.slice(file.lastIndexOf('.') + 1));
      if (file === null || type === undefined) return null;
      const { searchParams } = new URL(url, 'http://any');
      const [name, size, until] = [searchParams.get('name') ?? '', Number(searchParams.get('size')), Number(searchParams.get('until'))];
      if (!(until > now()) || !signer.verify(signed(file, name, size, until), searchParams.get('sig') ?? '')) return null;
      return { name, url: bare(file), type, size };
    },
  };
}
