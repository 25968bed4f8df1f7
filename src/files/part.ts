/** Which part of a file is asked for by a Range header (RFC 9110, 14): phones play sound and video piece by piece, and nothing without. Pure. */

/** Bytes from the first to the last, both counted from zero and both in it. */
export type Part = Readonly<{ from: number; to: number }>;

const ONE_RANGE = /^bytes=(\d*)-(\d*)$/i;

export const lengthOf = ({ from, to }: Part): number => to - from + 1;

/** Null for the whole file, which is also the answer to what nobody understands and to several parts at once; `none` when the file has no such part. */
export function partOf(range: string | undefined, size: number): Part | 'none' | null {
  const [, first = '', last = ''] = ONE_RANGE.exec(range?.replace(/\s/g, '') ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') return Number(last) > 0 && size > 0 ? { from: Math.max(0, size - Number(last)), to: size - 1 } : 'none';
  const from = Number(first);
  if (last !== '' && Number(last) < from) return null;
  return from < size ? { from, to: last === '' ? size - 1 : Math.min(Number(last), size - 1) } : 'none';
}
