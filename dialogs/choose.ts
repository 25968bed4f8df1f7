/** Typed words that mean an option shown before: 「2」「第二个」「选2」, its label, or a clear part of it. */
import { keepsLast } from './extract/kept';
import type { Option } from './vocabulary';

const digits = '一二三四五六七八九十';
const ordinal = /^(?:选|选择|第|回复)?\s*(\d{1,2}|[一二三四五六七八九十])\s*(?:个|项|条|种|号|所|分|星)?$/;

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .replace(/[\s。.！!？?，,、「」"“”]+$/u, '')
    .replace(/^[「"“]+/u, '')
    .toLowerCase();
}

/** Whether the text is a bare number or ordinal, which may also be an answer to a question. */
export function isOrdinal(text: string): boolean {
  return ordinal.test(plain(text));
}

/** The option a bare number counts. */
export function counted(text: string, options: readonly Option[]): Option | undefined {
  const number = ordinal.exec(plain(text))?.[1];
  return number ? options[(digits.includes(number) ? digits.indexOf(number) + 1 : Number(number)) - 1] : undefined;
}

/** The option meant: a number counts those shown with one, a word may be any. */
export const choose = keepsLast((text: string, offered: readonly Option[]): Option | undefined => {
  const words = plain(text);
  if (ordinal.test(words))
    return counted(
      text,
      offered.filter(({ said }) => !said),
    );
  const bare = words.replace(/^(?:我是|我要|我想|选|选择)/, '');
  const labels = offered.map(({ label }) => plain(label));
  const named = offered[labels.findIndex((label) => label === words || label === bare)];
  if (named || words.length < 2) return named;
  const part = offered.filter(({ label }, index) => labels[index]?.includes(words) && words.length * 2 >= label.length);
  return part.length === 1 ? part[0] : undefined;
});
