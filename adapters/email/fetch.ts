/** Fetches mails: many at once and whole, one that is too large by itself and only its words, by what the server says of its structure. */
import type { ImapFlow, MessageStructureObject } from 'imapflow';
import type { Letter } from './letter';
import type { Listed } from './mailbox';
import type { Patience } from './options';
import { parse } from './parse';

/** Without a letter, why there is none, in Chinese; `passing`: it may be had later. */
export type Fetched = Readonly<{ at: number; uid: number }> &
  (Readonly<{ letter: Letter }> | Readonly<{ letter: null; trouble: string; passing: boolean }>);

const WORDS_BYTES = 1024 * 1024;
const MB = 1024 * 1024;

/** In the order in which they were asked for; those that are gone meanwhile are left out. */
export async function fetchLetters(client: ImapFlow, asked: readonly Listed[], { mailBytes }: Patience): Promise<readonly Fetched[]> {
  const whole = asked.filter(({ size }) => size <= mailBytes).map(({ uid }) => uid);
  // A server that stumbles over one mail of many refuses all of them, or leaves out those behind it: what is missing is asked for alone.
  const rows = whole.length > 0 ? await client.fetchAll(whole.join(','), { source: true }, { uid: true }).catch(stumbled(client)) : [];
  const sources = new Map(rows?.map(({ uid, source }) => [uid, source]));
  const fetched: (Fetched | null)[] = [];
  for (const one of asked) {
    const source = sources.get(one.uid);
    if (source) fetched.push(await opened(one, source));
    else fetched.push(await alone(client, one, mailBytes));
  }
  return fetched.filter((one) => one !== null);
}

/** Null for a refusal; what ends the connection is no mail's fault. */
const stumbled =
  (client: ImapFlow) =>
  (error: unknown): null => {
    if (!client.usable) throw error;
    return null;
  };

async function alone(client: ImapFlow, one: Listed, mailBytes: number): Promise<Fetched | null> {
  const { uid, at, size } = one;
  const fetched = await (size > mailBytes ? fetchWords(client, one, mailBytes) : fetchSource(client, one)).catch(stumbled(client));
  if (fetched) return fetched;
  const stands = await client.fetchOne(String(uid), { uid: true }, { uid: true }).catch(stumbled(client));
  return stands === false ? null : { letter: null, trouble: '收信服务器没有给出这封邮件', passing: true, at, uid };
}

async function fetchSource(client: ImapFlow, one: Listed): Promise<Fetched | null> {
  const { source } = (await client.fetchOne(String(one.uid), { source: true }, { uid: true })) || {};
  return source ? opened(one, source) : null;
}

async function opened({ uid, at }: Listed, source: Buffer): Promise<Fetched> {
  const letter = await parse(source).catch(() => null);
  return letter ? { letter, at, uid } : { ...unreadable, at, uid };
}

const unreadable = { letter: null, trouble: '邮件打不开，不是一封完整的邮件', passing: false } as const;

/** One that ended the program again and again. */
export const unopened = ({ uid, at }: Listed): Fetched => ({
  ...{ letter: null, trouble: '程序每次打开这封邮件都会中断', passing: false },
  ...{ at, uid },
});

async function fetchWords(client: ImapFlow, { uid, size, at }: Listed, most: number): Promise<Fetched | null> {
  const found = (await client.fetchOne(String(uid), { headers: true, bodyStructure: true }, { uid: true })) || null;
  if (!found?.headers) return null;
  const parts = found.bodyStructure ? leaves(found.bodyStructure) : [];
  const isText = ({ type, disposition }: MessageStructureObject): boolean =>
    /^text\/(plain|html)$/i.test(type) && disposition !== 'attachment';
  const why = `邮件有 ${Math.ceil(size / MB)} MB，超过 ${Math.floor(most / MB)} MB，附件没有接收，请压缩或分几封发送`;
  const left = parts.filter((part) => !isText(part)).map((part) => ({ name: nameOf(part), why }));
  const letter = await parse(found.headers, left).catch(() => null);
  if (!letter) return { ...unreadable, at, uid };
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
