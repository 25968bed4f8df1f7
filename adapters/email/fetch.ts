/** Fetches mails: many at once and whole, one that is too large by itself and only its words, by what the server says of its structure. */
import type { ImapFlow, MessageStructureObject } from 'imapflow';
import type { Letter } from './letter';
import type { Listed } from './mailbox';
import type { Patience } from './options';
import { parse } from './parse';

/** `letter` is null when its bytes are no mail that can be read. */
export type Fetched = Readonly<{ letter: Letter | null; at: number; uid: number }>;

const WORDS_BYTES = 1024 * 1024;
const MB = 1024 * 1024;

/** In the order in which they were asked for; those that are gone meanwhile are left out. */
export async function fetchLetters(client: ImapFlow, asked: readonly Listed[], { mailBytes }: Patience): Promise<readonly Fetched[]> {
  const whole = asked.filter(({ size }) => size <= mailBytes).map(({ uid }) => uid);
  const rows = whole.length > 0 ? await client.fetchAll(whole.join(','), { source: true }, { uid: true }) : [];
  const sources = new Map(rows.map(({ uid, source }) => [uid, source]));
  const fetched: (Fetched | null)[] = [];
  for (const one of asked) {
    if (one.size > mailBytes) fetched.push(await fetchWords(client, one, mailBytes));
    else fetched.push(await opened(one, sources.get(one.uid) ?? (await fetchSource(client, one.uid))));
  }
  return fetched.filter((one) => one !== null);
}

/** A server that stumbles over one mail of many may leave out those behind it: only what is missing when asked for alone is gone. */
async function fetchSource(client: ImapFlow, uid: number): Promise<Buffer | undefined> {
  return ((await client.fetchOne(String(uid), { source: true }, { uid: true })) || undefined)?.source;
}

const opened = async ({ uid, at }: Listed, source: Buffer | undefined): Promise<Fetched | null> =>
  source ? { letter: await parse(source).catch(() => null), at, uid } : null;

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
