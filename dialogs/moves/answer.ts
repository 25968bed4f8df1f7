/** What the knowledge base says, as turns: an answer, a choice among close ones, or an honest miss. */

import type { Copy } from '../copy';
import { identityIn } from '../form';
import { extracted, type Heard, intentsOf, openQuestion } from '../heard';
import { answerGiven, gapIn } from '../learnt';
import { option } from '../options';
import { enter, lines, reply, say } from '../turn';
import type { Decision, Draft, Effect, Hit, Option, Turn } from '../vocabulary';
import { sure } from './forIntent';
import { handOff } from './handOff';
import { statusSaid } from './status';

const transactions: readonly (string | undefined)[] = ['join', 'change', 'query', 'cancel', 'return'];

/** The button that leads from an article to its form. */
export function formButton({ copy }: Heard, hit: Hit): readonly Option[] {
  if (!hit.form) return [];
  return [{ value: 'register', label: transactions.includes(hit.form) ? copy.buttons.apply : copy.buttons.register }];
}

/** Answers with `hit`; `others` wait in case it does not help. */
export function answer(heard: Heard, question: string, hit: Hit, others: readonly Hit[], lead = ''): Turn {
  const { copy } = heard;
  const options = [option(copy, 'helpful'), option(copy, 'unhelpful'), ...formButton(heard, hit)];
  const { missed: _, ...memory } = heard.memory;
  const slots = { ...memory.slots, ...identityIn(extracted(heard).slots) };
  return enter(
    { ...memory, slots, topic: hit.article, misses: 0 },
    { phase: 'answering', question, hit, others },
    answerGiven(question, hit),
    reply({ kind: 'text', text: lines(lead, hit.answer), options, article: hit.article }),
  );
}

/** Offers two or three close articles; a form in progress waits behind the choice. */
export function clarify(heard: Heard, question: string, hits: readonly Hit[], draft?: Draft): Turn {
  const { copy, memory } = heard;
  const close = hits.slice(0, 3);
  const options = [...close.map(({ article, title }) => ({ value: `article:${article}`, label: title })), option(copy, 'noneOfThese')];
  return enter(memory, { phase: 'clarifying', question, hits: close, ...(draft && { draft }) }, say(copy.clarify, ...options));
}

/** Says honestly that there is no answer; the second time in a row a person comes. */
export function miss(heard: Heard, gap: Effect = gapIn(heard.memory, heard.text)): Turn {
  const { copy, memory, text, state } = heard;
  const misses = memory.misses + 1;
  const open = state.phase === 'clarifying' ? openQuestion(state) : undefined;
  const missed = open !== undefined && open !== text ? `${open}${copy.also}${text}` : text;
  if (misses < 2) return enter({ ...memory, misses, missed }, { phase: 'idle' }, gap, say(copy.miss, option(copy, 'human')));
  const { missed: before, ...rest } = memory;
  const told = heard.reads.helpful === false ? '' : text;
  const issue = lines(before, told !== before && told);
  return handOff({ ...heard, memory: { ...rest, misses: 0 } }, 'misses', {
    before: [gap],
    slots: { ...extracted(heard).slots, issue: { raw: issue, value: issue } },
  });
}

/**
 * Two or three questions in one message, of which one at least is sure: each is answered by itself, and one that is not is kept for the
 * desk. Nothing when all of them are the same matter or none is sure.
 */
function answerEach(heard: Heard): Turn | undefined {
  const { copy, memory, gathered } = heard;
  const { apart = [], knowledge } = gathered;
  const answered = apart.flatMap(({ question, decision, hits: [hit] }) => (decision === 'answer' && hit ? [{ question, hit }] : []));
  const matters = new Set(answered.map(({ hit }) => hit.article));
  const [first] = answered;
  const open = apart.filter(({ decision }) => decision === 'none').map(({ question }) => question);
  const close = apart.flatMap(({ decision, hits: [hit] }) => (decision === 'clarify' && hit ? [hit.title] : []));
  const whole = matters.size < 2 && close.length === 0 && knowledge.decision === 'answer';
  if (!first || whole) return undefined;
  const told = apart.map(({ question, decision, hits: [hit] }) => copy.each(question, partAnswer(copy, decision, hit)));
  const options = [
    ...close.map((title) => ({ value: `ask:${title}`, label: title })),
    option(copy, 'helpful'),
    option(copy, 'unhelpful'),
    ...(open.length > 0 ? [option(copy, 'human')] : formButton(heard, first.hit)),
  ];
  const { missed: _, ...known } = memory;
  const slots = { ...known.slots, ...identityIn(extracted(heard).slots) };
  return enter(
    { ...known, slots, topic: (answered.at(-1) ?? first).hit.article, misses: 0 },
    { phase: 'answering', question: heard.text, hit: first.hit, others: [] },
    ...answered.map(({ question, hit }) => answerGiven(question, hit)),
    ...open.map((question) => gapIn(memory, question)),
    reply({ kind: 'text', text: told.join('\n\n'), options, article: first.hit.article }),
  );
}

function partAnswer(copy: Copy, decision: Decision, hit: Hit | undefined): string {
  if (!hit || decision === 'none') return copy.eachMissed;
  return decision === 'answer' ? hit.answer : copy.eachClose(hit.title);
}

/** Answers a question as far as the knowledge base is sure of it. */
export function inquire(heard: Heard): Turn {
  const each = answerEach(heard);
  if (each) return each;
  const { decision, hits, asked = heard.text } = heard.gathered.knowledge;
  const [best, ...others] = hits;
  if (!best || decision === 'none') return miss(heard);
  return decision === 'answer' ? answer(heard, asked, best, others.slice(0, 2)) : clarify(heard, asked, hits);
}

/** The answer to a question asked in the middle of something else, when the desk is sure of it; or how a ticket stands. */
export function sideAnswer(heard: Heard): Readonly<{ text: string; effects: readonly Effect[] }> | undefined {
  const [intent] = intentsOf(heard);
  if (intent?.name === 'ticket-status' && intent.score >= sure) return statusSaid(heard);
  const { decision, hits } = heard.gathered.knowledge;
  const [best] = hits;
  if (!heard.reads.question || decision !== 'answer' || !best) return undefined;
  return { text: best.answer, effects: [answerGiven(heard.text, best)] };
}
