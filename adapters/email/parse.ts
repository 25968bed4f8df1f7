/** The bytes of a mail → a letter: MIME, charsets and encoded words are mailparser's work. */
import { type ParsedMail, simpleParser } from 'mailparser';
import type { Enclosed, Left, Letter } from './letter';

const IDS = /<([^<>\s]+)>/g;
const ids = (value: string): string[] => [...value.matchAll(IDS)].map(([, id = '']) => id);
const REFERENCES_AT_MOST = 40;
/** A header of a person's mail is never longer; one that is was made to hurt. */
const HEADER_AT_MOST = 16_000;
/** Of a subject, a person's name or a file's, in UTF-16 units. */
const NAME_AT_MOST = 300;
/** No server takes a longer one (RFC 5321). */
const ADDRESS_AT_MOST = 254;

/** `left`: what the caller knows to be missing in these bytes. Rejects when they are no mail at all. */
export async function parse(raw: Buffer, left: readonly Left[] = []): Promise<Letter> {
  const mail = await simpleParser(raw, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    keepCidLinks: true,
    keepDeliveryStatus: true,
  });
  const headers = headersOf(mail);
  const header = (name: string): readonly string[] => headers.get(name) ?? [];
  return {
    from: senderOf(mail),
    subject: (mail.subject ?? '').replace(/\s+/g, ' ').trim().slice(0, NAME_AT_MOST),
    messageId: ids(header('message-id').join(' '))[0] ?? '',
    inReplyTo: ids(header('in-reply-to').join(' '))[0] ?? '',
    references: ids(header('references').join(' ')).slice(-REFERENCES_AT_MOST),
    text: mail.text ?? '',
    html: mail.html || '',
    enclosed: mail.attachments.map(enclosedOf),
    left,
    header,
  };
}

function headersOf({ headerLines }: ParsedMail): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { key, line } of headerLines) {
    const value = line
      .slice(line.indexOf(':') + 1, HEADER_AT_MOST)
      .replace(/\r?\n[ \t]+/g, ' ')
      .trim();
    found.set(key, [...(found.get(key) ?? []), value]);
  }
  return found;
}

function senderOf({ from }: ParsedMail): Letter['from'] {
  // The first of several, and of a group its first member.
  const sender = from?.value.flatMap((one) => (one.address ? [one] : (one.group ?? [])))[0];
  const address = sender?.address?.trim().toLowerCase() ?? '';
  if (address.length > ADDRESS_AT_MOST || !/^[^\s@<>]+@[^\s@<>]+$/.test(address)) return null;
  return { address, name: (sender?.name ?? '').trim().slice(0, NAME_AT_MOST) };
}

function enclosedOf({ filename, contentType, content, contentDisposition, related }: ParsedMail['attachments'][number]): Enclosed {
  return {
    name: (filename ?? '').slice(-NAME_AT_MOST),
    type: contentType,
    bytes: content,
    inline: related === true || contentDisposition === 'inline',
  };
}
