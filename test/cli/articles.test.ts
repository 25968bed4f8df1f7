import { PassThrough } from 'node:stream';
import type { CheckProblem } from '../../knowledge/check';
import { articlesCommand } from '../../src/cli/articles';

function told(...problems: readonly CheckProblem[]): Readonly<{ code: number; out: string }> {
  const output = new PassThrough();
  const code = articlesCommand({ input: new PassThrough(), output, error: new PassThrough() }, 150, problems);
  return { code, out: String(output.read()) };
}
const near: CheckProblem = { severity: 'warning', article: 'cancel-how', question: '怎么退订', found: 'cancel-when', message: 'is close' };

describe('qiao articles check', () => {
  test('names the article and the question that broke, and ends with 1', () => {
    const { code, out } = told({ severity: 'error', article: 'card-lost', question: '卡丢了', found: null, message: 'must find it' });
    expect([code, out]).toEqual([1, 'error  card-lost  「卡丢了」 must find it\n150 articles, 1 errors, 0 warnings\n']);
  });

  test('ends well when there are only warnings', () => {
    expect(told(near)).toMatchObject({ code: 0, out: expect.stringContaining('warning  cancel-how') });
  });
});
