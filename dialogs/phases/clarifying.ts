/** Two or three articles are close: the customer picks one, or says it in other words. */

import { nextField, titleOf } from '../form';
import { extracted, type Heard } from '../heard';
import { answerGiven, gapIn } from '../learnt';
import { answer, clarify, inquire, miss, sideAnswer } from '../moves/answer';
import { answerField } from '../moves/field';
import { freely } from '../moves/freely';
import { goOn } from '../moves/goOn';
import { withRole } from '../moves/menu';
import { didNotHelp, leavesIdentity, offerRegistering } from '../moves/sameMatter';
import { start } from '../moves/start';
import { carried } from '../options';
import { isOrder } from '../order';
import { roleNamed } from '../role';
import { lines } from '../turn';
import type { Draft, Effect, Hit, State, Turn } from '../vocabulary';

type Clarifying = Extract<State, { phase: 'clarifying' }>;

/** The form that waited behind a side question goes on. */
function resume(heard: Heard, draft: Draft, said: string, effects: readonly Effect[] = []): Turn {
  return goOn(heard, draft, lines(said, heard.copy.sideDone(titleOf(draft.form, heard.locale))), effects);
}

function picked(heard: Heard, { question, hits, draft }: Clarifying, hit: Hit): Turn {
  if (!draft)
    return answer(
      heard,
      question,
      hit,
      hits.filter(({ article }) => article !== hit.article),
    );
  return resume(heard, draft, hit.answer, [answerGiven(question, hit)]);
}

/** Registers what was asked; where all that is close leads to one form, by that. */
function register(heard: Heard, { question, hits: [best, ...others] }: Clarifying): Turn {
  const form = others.every((other) => other.form === best?.form) ? best?.form : undefined;
  return start(heard, form ?? 'intake', { slots: { issue: { raw: question, value: question } } });
}

export function clarifying(heard: Heard, state: Clarifying): Turn {
  const { choice, reads } = heard;
  const article = carried(choice, 'article');
  const hit = state.hits.find((one) => one.article === article);
  if (hit) return picked(heard, state, hit);
  if (choice === 'noneOfThese' || (choice === undefined && (reads.no || reads.helpful === false))) {
    const gap = gapIn(heard.memory, state.question, 'refused-choice');
    return state.draft ? resume(heard, state.draft, heard.copy.missSide, [gap]) : miss({ ...heard, text: state.question }, gap);
  }
  if (state.draft) {
    const side = sideAnswer(heard);
    if (side) return resume(heard, state.draft, side.text, side.effects);
    const field = nextField(state.draft);
    if (!field || choice !== undefined) return resume(heard, state.draft, '');
    return answerField(heard, state.draft, field.name, extracted(heard, field.name));
  }
  const role = choice === undefined ? roleNamed(heard.text, heard.copy) : undefined;
  if (role) return withRole(heard, role, inquire);
  if (choice === undefined && didNotHelp(heard.text)) return offerRegistering(heard);
  if (choice === 'register' || leavesIdentity(heard) || (choice === undefined && isOrder(heard.text))) return register(heard, state);
  if (reads.yes || reads.helpful === true) return clarify(heard, state.question, state.hits);
  return freely(heard);
}
