/** What the knowledge base is asked for a message: its own words or, where they are no answer, together with what was asked before them. */
import { copyFor } from './copy';
import { openQuestion } from './heard';
import { roleNamed } from './role';
import type { Content, Knowledge, Locale, Role, State } from './vocabulary';

/** `only` looks among what is for this role alone. */
export type Look = (question: string, as?: Readonly<{ role: Role; only: true }>) => Knowledge;

/** Who writes more tells another matter. */
const MORE_AT_MOST = 24;

/** Whether the choice is the one that stands before the customer already. */
function isShown(state: State, { hits }: Knowledge): boolean {
  const shown = state.phase === 'clarifying' ? state.hits : [];
  return shown.length > 0 && hits.slice(0, shown.length).every(({ article }) => shown.some((one) => one.article === article));
}

/** The question to which it matters who asks. */
function askedAs(state: State): string | undefined {
  if (state.phase === 'answering') return state.question;
  return state.phase === 'clarifying' ? openQuestion(state) : undefined;
}

/** `question` is the message without what is not asked, as questionOf() gives it. */
export function lookUp(state: State, content: Content, question: string, locale: Locale, look: Look): Knowledge {
  const role = content.kind === 'text' ? roleNamed(content.text, copyFor(locale)) : undefined;
  const theirs = role && askedAs(state);
  if (role && theirs !== undefined) return { ...look(theirs, { role, only: true }), asked: theirs };
  const alone = look(question);
  const open = openQuestion(state);
  const tells = content.kind === 'text' && question !== '' && question.length <= MORE_AT_MOST && question !== open;
  if (alone.decision === 'answer' || open === undefined || !tells) return alone;
  const asked = `${open}，${question}`;
  const whole = look(asked);
  const news = whole.decision === 'answer' || (whole.decision === 'clarify' && alone.decision === 'none' && !isShown(state, whole));
  return news ? { ...whole, asked } : alone;
}
