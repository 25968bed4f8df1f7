/** Offers to go on with a form left unfinished. */
import { titleOf } from '../form';
import { draftIn, extracted, type Heard, type Scene } from '../heard';
import { option } from '../options';
import { enter, lines, say } from '../turn';
import type { Draft, Effect, Turn } from '../vocabulary';
import { sideAnswer } from './answer';
import { secondMatter } from './secondMatter';

type Speaking = Pick<Scene, 'memory' | 'copy' | 'locale'>;
type Offer = Readonly<{ lead?: string; before?: readonly Effect[]; text?: string }>;

/** `text` is what the customer wrote on coming back; it counts once they go on. */
export function offerResume({ memory, copy, locale }: Speaking, draft: Draft, { lead = '', before = [], text = '' }: Offer = {}): Turn {
  const options = [option(copy, 'goOn'), option(copy, 'startOver'), option(copy, 'drop')];
  const asked = lines(lead, copy.parkedWaiting(titleOf(draft.form, locale)));
  return enter(memory, { phase: 'resuming', draft, text }, ...before, say(asked, ...options));
}

/** The customer is back hours after leaving a form: a new matter or a question is served, otherwise the form is offered. */
export function comeBack(heard: Heard): Turn | undefined {
  const { state, at, memory, rules, choice } = heard;
  const draft = draftIn(state);
  const away = at - memory.lastAt;
  if (!draft || choice !== undefined || state.phase === 'resuming' || away < rules.resumeAfterMinutes * 60_000) return undefined;
  const side = sideAnswer(heard);
  if (side) return offerResume(heard, draft, { lead: side.text, before: side.effects });
  return secondMatter(heard, undefined, extracted(heard)) ?? offerResume(heard, draft, { text: heard.text });
}
