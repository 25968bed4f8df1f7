/** Options that several commands share. */
import { InvalidArgumentError, Option } from 'commander';

export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Write a whole number from 1.');
  return number;
}

export const data = () => new Option('--data <dir>', 'data folder of the embedded store (default: DATA_DIR or ./data)');
export const json = (what = 'JSON, one object a line') => new Option('--json', what).default(false);
export const examples = (...lines: string[]): string => `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
