/** What is enclosed in a mail → files we keep, and what the customer must hear about the rest. */
import type { Attachment } from '../../dialogs/vocabulary';
import type { Files } from '../files';
import type { Enclosed, Left, Letter } from './letter';
import { parse } from './parse';
import { wordsOf } from './words';

/** A smaller picture within the text is a sender's logo or counts who reads. */
const DECORATION_BYTES = 4 * 1024;
const FILES_AT_MOST = 10;
/** Of what is enclosed, and of that together with what is enclosed in it; of what stands behind it only the number is told. */
const LOOKED_AT = 50;
const NAME_AT_MOST = 60;

const WINMAIL = '这是 Outlook 的专用格式，我们打不开。请把邮件格式改为 HTML 或纯文本，再附上原来的文件重发';
const TOO_MANY = `一封邮件最多收 ${FILES_AT_MOST} 个附件，请分几封发送`;

export type Enclosures = Readonly<{
  files: readonly Attachment[];
  refused: readonly Left[];
  /** What mails that were attached say. */
  passedOn: string;
}>;

const named = ({ name }: Enclosed, otherwise: string): string => (name || otherwise).slice(-NAME_AT_MOST);
const isMail = ({ type, name }: Enclosed): boolean => type === 'message/rfc822' || /\.eml$/i.test(name);
const isWinmail = ({ type, name }: Enclosed): boolean => /^application\/(?:vnd\.)?ms-tnef$/i.test(type) || /^winmail\.dat$/i.test(name);
const isDecoration = ({ inline, type, bytes }: Enclosed): boolean => inline && type.startsWith('image/') && bytes.length < DECORATION_BYTES;

async function* once(bytes: Buffer): AsyncIterable<Uint8Array> {
  yield bytes;
}

/** `known` are pictures of this sender's earlier mails: what stands in every one of them is not told twice. */
export async function keepEnclosed(letter: Letter, files: Pick<Files, 'keep'>, known: ReadonlySet<string>): Promise<Enclosures> {
  const kept: Attachment[] = [];
  const refused: Left[] = [...letter.left];
  const words: string[] = [];
  const first = letter.enclosed.slice(0, LOOKED_AT);
  const opened = (await Promise.all(first.map((one) => (isMail(one) ? opening(one) : one)))).flat();
  for (const one of opened.slice(0, LOOKED_AT)) {
    if ('words' in one) words.push(one.words);
    else if (isWinmail(one)) refused.push({ name: named(one, 'winmail.dat'), why: WINMAIL });
    else if (!isDecoration(one)) await keep(one);
  }

  const behind = letter.enclosed.length - first.length + Math.max(0, opened.length - LOOKED_AT);
  if (behind > 0) refused.push({ name: `另外 ${behind} 个`, why: TOO_MANY });

  async function keep(one: Enclosed): Promise<void> {
    const name = named(one, one.type.startsWith('image/') ? '图片' : '附件');
    if (kept.length >= FILES_AT_MOST) {
      refused.push({ name, why: TOO_MANY });
      return;
    }
    const result = await files.keep(once(one.bytes), name);
    if (result.kind === 'refused') refused.push({ name, why: result.message.replace(/。$/, '') });
    else if (!(one.inline && known.has(result.attachment.url)) && !kept.some(({ url }) => url === result.attachment.url))
      kept.push(result.attachment);
  }

  return { files: kept, refused, passedOn: words.join('\n') };
}

/** A mail that was attached: its words and what it encloses. A mail in it is a file like any other. */
async function opening(one: Enclosed): Promise<(Enclosed | Readonly<{ words: string }>)[]> {
  try {
    const inner = await parse(one.bytes);
    return [{ words: wordsOf(inner, () => false) }, ...inner.enclosed];
  } catch {
    return [one]; // judged by its bytes like any other file
  }
}
