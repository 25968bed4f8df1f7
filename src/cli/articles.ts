/** `qiao articles check`: what broke, by article and question, and exit code 1 when a promise is broken; warnings only deserve a look. */
import type { CheckProblem } from '../../knowledge/check';
import { print, type Terminal } from './lines';

export function articlesCommand(terminal: Terminal, articles: number, problems: readonly CheckProblem[]): number {
  for (const { severity, article, question, message } of problems) print(terminal, `${severity}  ${article}  「${question}」 ${message}`);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  print(terminal, `${articles} articles, ${errors} errors, ${problems.length - errors} warnings`);
  return errors > 0 ? 1 : 0;
}
