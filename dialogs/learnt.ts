/** What the desk keeps of its own answers, so that people can make them better: every answer given, and every question without one (S3-47). */
import type { Effect, Hit, Memory } from './vocabulary';

type Gap = Extract<Effect, { kind: 'recordGap' }>;

/** `helpful` is null when the answer was given, and what the customer said of it afterwards. */
export function answerGiven(question: string, { article, version }: Hit, helpful: boolean | null = null): Effect {
  return { kind: 'recordAnswer', article, question, helpful, ...(version !== undefined && { version }) };
}

/** A question that was not answered, with who asked and what was spoken of before: alone it is often only half a question. */
export function gapIn({ role, topic }: Memory, question: string, reason: Gap['reason'] = 'none', article?: string): Gap {
  const context = { ...(role && { role }), ...(topic !== undefined && topic !== article && { topic }) };
  return { kind: 'recordGap', question, reason, ...context, ...(article !== undefined && { article }) };
}
