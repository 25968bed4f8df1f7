/** Files customers share, fetched from their platform and kept by the house: from hosts we know, with our token only for the one that signed. */
import { z } from 'zod';
import type { Attachment } from '../../dialogs/vocabulary';
import type { Files } from '../files';
import { nameOf, type Shared, TEAMS_FILE } from './activity';
import type { Reference } from './reference';

export type Fetched = Readonly<{ kind: 'kept'; attachment: Attachment }> | Readonly<{ kind: 'missing'; name: string; reason: Missing }>;
/** Why it did not come: too large, of a kind nobody takes, or it could not be had. */
export type Missing = 'too-large' | 'type-refused' | 'away';

/** Where Teams keeps what is shared in a chat, and Web Chat what is uploaded. Their addresses open by themselves. */
const HOSTS = /(^|\.)(sharepoint\.com|sharepoint\.cn|botframework\.com)$|^smba\.trafficmanager\.net$/;
const Download = z.object({ downloadUrl: z.string().max(8000) });

const addressOf = ({ contentType, contentUrl, content }: Shared): string =>
  (contentType === TEAMS_FILE ? Download.safeParse(content).data?.downloadUrl : contentUrl) ?? '';

/** `own`: it is the host that signed the message. Null for every host we have no reason to trust. */
export function trusted(address: string, serviceUrl: string): Readonly<{ url: URL; own: boolean }> | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.origin === new URL(serviceUrl).origin) return { url, own: true };
  return url.protocol === 'https:' && url.port === '' && HOSTS.test(url.hostname) ? { url, own: false } : null;
}

/** Never rejects for what a platform does: a message waits for its files only so long, and then says which did not come. */
export function createFetchShared(
  files: Pick<Files, 'keep'>,
  withinMs: number,
): (shared: Shared, reference: Reference, authorization: () => Promise<string>) => Promise<Fetched> {
  return async (shared, { serviceUrl }, authorization) => {
    const name = nameOf(shared);
    const from = trusted(addressOf(shared), serviceUrl);
    if (!from) return { kind: 'missing', name, reason: 'away' };
    const deadline = AbortSignal.timeout(withinMs);
    try {
      const token = from.own ? await before(deadline, authorization()) : '';
      const response = await fetch(from.url, { ...(token && { headers: { authorization: token } }), redirect: 'error', signal: deadline });
      if (!response.ok || !response.body) {
        await response.body?.cancel();
        return { kind: 'missing', name, reason: 'away' };
      }
      const kept = await files.keep(response.body, name);
      return kept.kind === 'kept' ? kept : { kind: 'missing', name, reason: kept.reason };
    } catch {
      return { kind: 'missing', name, reason: 'away' };
    }
  };
}

function before<T>(deadline: AbortSignal, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    deadline.addEventListener('abort', () => reject(deadline.reason), { once: true });
    answer.then(resolve, reject);
  });
}

const reasons: Readonly<Record<Missing, Readonly<Record<'zh' | 'en', string>>>> = {
  'too-large': { zh: '文件太大，请压缩或分开发送', en: 'it is too large; please compress or split it' },
  'type-refused': {
    zh: '这种文件收不了，请改发图片、PDF 或 Word、Excel、PPT 文件',
    en: 'such files are not taken; please send a picture, a PDF or an Office document',
  },
  away: { zh: '没有取到，请再发一次', en: 'it could not be fetched; please send it again' },
};

/** What the customer is told of files that did not come. */
export function missingWords(missing: readonly Readonly<{ name: string; reason: Missing }>[], locale: 'zh' | 'en'): string {
  const told = missing.map(({ name, reason }) =>
    locale === 'en' ? `"${name}" did not arrive: ${reasons[reason].en}.` : `「${name}」没有收到：${reasons[reason].zh}。`,
  );
  return told.join('\n');
}
