/** Fetches one mail: whole, or when it is too large only its words, by what the server says of its structure. */
import type { ImapFlow, MessageStructureObject } from 'imapflow';
import type { Letter } from './letter';
import type { Listed } from './mailbox';
import type { Patience } from './options';
import { parse } from './parse';

/** `letter` is null when its bytes are no mail that can be read. */
export type Fetched = Readonly<{ letter: Letter | null; at: number; uid: number }>;

const WORDS_BYTES = 1024 * 1024;
const MB = 1024 * 1024;

/** Null when it is gone meanwhile. */
export async function fetchLetter(client: ImapFlow, { uid, size, at }: Listed, { mailBytes }: Patience): Promise<Fetched | null> {
  if (size > mailBytes) return fetchWords(client, { uid, size, at }, mailBytes);
  const found = (await client.fetchOne(String(uid), { source: true }, { uid: true })) || null;
  if (!found?.source) return null;
  return { letter: await parse(found.source).catch(() => null), at, uid };
}

async function fetchWords(client: ImapFlow, { uid, size, at }: Listed, most: number): Promise<Fetched | null> {
  const found = (await client.fetchOne(String(uid), { headers: true, bodyStructure: true }, { uid: true })) || null;
  if (!found?.headers) return null;
  const parts = found.bodyStructure ? leaves(found.bodyStructure) : [];
  const isText = ({ type, disposition }: MessageStructureObject): boolean =>
    /^text\/(plain|html)$/i.test(type) && disposition !== 'attachment';
  const why = `邮件有 ${Math.ceil(size / MB)} MB，超过 ${Math.floor(most / MB)} MB，附件没有接收，请压缩或分几封发送`;
  const left = parts.filter((part) => !isText(part)).map((part) => ({ name: nameOf(part), why }));
  const letter = await parse(found.headers, left).catch(() => null);
  if (!letter) return { letter, at, uid };
  const words = { text: '', html: '' };
  for (const part of parts.filter(isText)) {
    const kind = /plain$/i.test(part.type) ? 'text' : 'html';
    if (words[kind] === '') words[kind] = await textOf(client, uid, part.part ?? '1');
  }
  return { letter: { ...letter, ...words }, at, uid };
}

const leaves = (node: MessageStructureObject): MessageStructureObject[] => node.childNodes?.flatMap(leaves) ?? [node];
const nameOf = ({ dispositionParameters, parameters }: MessageStructureObject): string =>
  dispositionParameters?.filename ?? parameters?.name ?? '附件';

async function textOf(client: ImapFlow, uid: number, part: string): Promise<string> {
  const { content } = await client.download(String(uid), part, { uid: true, maxBytes: WORDS_BYTES });
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
