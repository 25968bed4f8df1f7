/** The keys of the file storage: a bucket that speaks S3 instead of the data folder. */
import { z } from 'zod';
import { httpUrl } from './fields';

const word = z.string().regex(/^[\w.-]+$/, 'use letters, digits, dots and dashes');

export const fileKeys = {
  S3_ENDPOINT: httpUrl.optional(),
  S3_REGION: word.default('us-east-1'),
  S3_BUCKET: word.optional(),
  S3_PREFIX: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)*$/, 'use a folder such as qiao or desk/files, without a slash at either end')
    .optional(),
  S3_ACCESS_KEY: z.string().optional(),
  S3_SECRET_KEY: z.string().min(8, 'copy the whole secret key').optional(),
};

const TOGETHER = ['S3_ENDPOINT', 'S3_ACCESS_KEY', 'S3_SECRET_KEY'] as const;

/** A storage without its keys would keep nothing, keys without a storage mean that somebody thinks files go there. */
export function fileProblems(given: Readonly<Record<string, string>>): readonly string[] {
  const named = [...TOGETHER, 'S3_BUCKET', 'S3_PREFIX'].some((key) => given[key] !== undefined);
  if (!named) return [];
  return TOGETHER.filter((key) => given[key] === undefined).map(
    (key) => `${key}: files go to a bucket only with all of ${TOGETHER.join(', ')}; set it, or empty the others`,
  );
}
