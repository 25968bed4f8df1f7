/** A read-back card: what its text says beside its title and rows. Pure, and shared with pages, so nothing here may need Node. */
import type { Reply } from '../dialogs/vocabulary';

/** The words before and after the rows: a notice to agree to, the question at the end. */
export function besideRows({ text, title, rows }: Extract<Reply, { kind: 'card' }>): Readonly<{ before: string[]; after: string[] }> {
  // A remark may have several lines; its label stands before the first.
  const isRow = (line: string): boolean =>
    rows.some(({ label, value }) => {
      const [head = '', ...more] = value.split('\n').map((part) => part.trim());
      return (line.startsWith(label) && line.endsWith(head)) || more.includes(line);
    });
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== title);
  const first = lines.findIndex(isRow);
  const others = (part: readonly string[]): string[] => part.filter((line) => !isRow(line));
  return { before: others(lines.slice(0, Math.max(first, 0))), after: others(lines.slice(Math.max(first, 0))) };
}
