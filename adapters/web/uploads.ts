/** Takes in a visitor's file, or says why not. */
import type { IncomingMessage } from 'node:http';
import type { Attachment } from '../../dialogs/vocabulary';
import type { Files } from '../files';
import { firstFile, multipart, type UploadRules } from '../multipart';
import type { Refused } from './wire';

const refuse = (code: Refused['code'], limit?: number): Refused => ({ ok: false, code, ...(limit !== undefined && { limit }) });

/** Stores the uploaded file, or says why not. */
export async function takeUpload(request: IncomingMessage, rules: UploadRules, files: Pick<Files, 'keep'>): Promise<Attachment | Refused> {
  const looks = multipart(request, rules);
  if (looks !== 'fine') return looks === 'no-file' ? refuse('bad_request') : refuse('file_too_large', rules.maxBytes);
  const kept = await firstFile(request, rules, files);
  if (!kept) return refuse('bad_request');
  if (kept.kind === 'kept') return kept.attachment;
  return kept.reason === 'too-large' ? refuse('file_too_large', rules.maxBytes) : refuse('file_type_refused');
}
