/** `qiao ask`: what the knowledge base finds for a question. */
import { linesOf, print, printJson, type Terminal } from './lines';

export type Answer = Readonly<{
  decision: 'answer' | 'clarify' | 'none';
  hits: readonly Readonly<{ article: string; question: string; score: number }>[];
}>;
export type Ask = (text: string, top: number) => Answer;

const DECISIONS = { answer: '可以直接回答', clarify: '需要确认是哪一个', none: '没有找到' } as const;

/** One answer for a text; `-` reads a question per line of standard input. */
export async function askCommand(
  terminal: Terminal,
  ask: Ask,
  text: string,
  options: Readonly<{ top: number; json: boolean }>,
): Promise<void> {
  const questions = text === '-' ? linesOf(terminal.input) : [text];
  for await (const question of questions) {
    const answer = ask(question, options.top);
    if (options.json) printJson(terminal, answer);
    else {
      print(terminal, `${question}\n  ${DECISIONS[answer.decision]}`);
      for (const hit of answer.hits) print(terminal, `  ${hit.score.toFixed(3)}  ${hit.article}  ${hit.question}`);
    }
  }
}
