import { Readable } from 'node:stream';
import { linesOf, milliseconds, readLine, UsageError } from '../../src/cli/lines';

describe('what a command reads', () => {
  test('lines come one by one, blank ones and a byte order mark dropped', async () => {
    const lines: string[] = [];
    for await (const line of linesOf(Readable.from(['\uFEFF你好\r\n', '\n  \n', '{"text":"在吗"}']))) lines.push(line);
    expect(lines).toEqual(['你好', '{"text":"在吗"}']);
  });

  test('a line is text unless it begins like JSON', () => {
    expect(readLine('我要人工')).toBe('我要人工');
    expect(readLine('{"choice":"yes"}')).toEqual({ choice: 'yes' });
    expect(() => readLine('{oops')).toThrow(UsageError);
  });

  test.each([
    ['PT15M', 900_000],
    ['PT2H30M', 9_000_000],
    ['P1DT1S', 86_401_000],
  ])('%s is %d ms', (text, expected) => expect(milliseconds(text)).toBe(expected));

  test.each(['15M', 'P', 'PT', 'PT1X', ''])('%p is refused with an example', (text) => {
    expect(() => milliseconds(text)).toThrow(/PT15M/);
  });
});
