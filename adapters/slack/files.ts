/** Files agents share in a thread, fetched from Slack and kept by the house, so that customers get them on any channel. */
import { z } from 'zod';
import type { Attachment } from '../../dialogs/vocabulary';
import { DeskError } from '../desk';
import type { Files } from '../files';
import type { SlackOptions } from './options';

export const SharedFile = z.object({
  name: z.string().default('附件'),
  mode: z.string().optional(),
  is_external: z.boolean().default(false),
  url_private_download: z.string().optional(),
  url_private: z.string().optional(),
});
export type SharedFile = z.infer<typeof SharedFile>;

/** What can go out, and a sentence for each file that cannot. */
export type Fetched = Readonly<{ attachments: readonly Attachment[]; refused: readonly string[] }>;
/** Rejects when Slack could not give a file now: then the message must come again. */
export type FetchFiles = (shared: readonly SharedFile[]) => Promise<Fetched>;

/** Slack stops waiting long before; it then sends the message again, which is the same act. */
const WITHIN_MS = 30_000;

export function createFetchFiles(options: Pick<SlackOptions, 'botToken' | 'apiUrl'>, files: Pick<Files, 'keep'>): FetchFiles {
  const own = options.apiUrl === undefined ? undefined : new URL(options.apiUrl).hostname;

  /** The token goes to Slack and to nobody else, whatever address a file claims to have. */
  function isSlack(address: string): boolean {
    if (!URL.canParse(address)) return false;
    const { protocol, hostname } = new URL(address);
    return own === undefined ? protocol === 'https:' && (hostname === 'slack.com' || hostname.endsWith('.slack.com')) : hostname === own;
  }

  async function fetchOne({ name, is_external, url_private, url_private_download }: SharedFile): Promise<Attachment | string> {
    const address = url_private_download ?? url_private;
    if (is_external || address === undefined || !isSlack(address)) return `「${name}」不在 Slack 里，请下载后再上传`;
    const headers = { authorization: `Bearer ${options.botToken}` };
    const response = await fetch(address, { headers, redirect: 'error', signal: AbortSignal.timeout(WITHIN_MS) }).catch((cause) => {
      throw new DeskError('Slack did not give a file', { retryable: true, cause });
    });
    if (response.status >= 500 || response.status === 429)
      throw new DeskError(`Slack answered ${response.status} for a file`, { retryable: true });
    // Without the scope files:read Slack shows its sign-in page instead.
    const page = response.headers.get('content-type')?.startsWith('text/html') ?? false;
    if (!response.ok || page || !response.body) {
      await response.body?.cancel();
      return `「${name}」取不到，请管理员检查应用的 files:read 权限`;
    }
    const kept = await files.keep(response.body, name);
    return kept.kind === 'kept' ? kept.attachment : `「${name}」${kept.message}`;
  }

  return async (shared) => {
    const attachments: Attachment[] = [];
    const refused: string[] = [];
    for (const file of shared) {
      const one = await fetchOne(file);
      if (typeof one === 'string') refused.push(one);
      else attachments.push(one);
    }
    return { attachments, refused };
  };
}

/** Where the house keeps no files agents are told so. */
export const noFiles: FetchFiles = async (shared) => ({ attachments: [], refused: shared.map(({ name }) => `「${name}」不能发送`) });
