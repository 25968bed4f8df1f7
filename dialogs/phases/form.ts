/** A form in progress: the field asked for, any other field, a side question, a second matter. */

import { counted } from '../choose';
import type { Extraction } from '../extract';
import { annotate, exampleOf, fieldOf, formOf, hasField, titleOf } from '../form';
import { extracted, type Heard } from '../heard';
import { gapIn } from '../learnt';
import { isBareWish, isMindChanged } from '../matter';
import { clarify, sideAnswer } from '../moves/answer';
import { cancelAll } from '../moves/cancel';
import { answerCard } from '../moves/card';
import { chosen, stale } from '../moves/chosen';
import { again, answerField, attach, declined, given } from '../moves/field';
import { askAgain, goOn, take } from '../moves/goOn';
import { handOff } from '../moves/handOff';
import { isWorded } from '../moves/noted';
import { moreOfIt } from '../moves/sameMatter';
import { secondMatter } from '../moves/secondMatter';
import { correctsField } from '../named';
import { carried } from '../options';
import { lines, say, stay } from '../turn';
import type { SlotName, State, Turn } from '../vocabulary';

const mostNods = 3;

type InForm = Extract<State, { phase: 'form' }>;

function pressed(heard: Heard, { draft, asking }: InForm, choice: string): Turn {
  const answer = carried(choice, 'answer');
  if (answer !== undefined) return take(heard, draft, { [asking]: { raw: answer, value: answer } });
  if (choice === 'skip') return declined(heard, draft, asking);
  return chosen(heard) ?? stale(heard);
}

/** A question beside the matter: answered or clarified when the desk knows, and the form goes on where it was. */
function sideQuestion(heard: Heard, { draft }: InForm): Turn | undefined {
  const { copy, locale, reads, gathered, text } = heard;
  const side = sideAnswer(heard);
  if (side) return askAgain(heard, lines(side.text, copy.sideDone(titleOf(draft.form, locale))), side.effects);
  return reads.question && gathered.knowledge.decision === 'clarify' ? clarify(heard, text, gathered.knowledge.hits, draft) : undefined;
}

/** A question the desk has no answer to, where a name or a number was asked: kept for the desk, never called a wrong name. */
function unanswered(heard: Heard, { draft, asking }: InForm, { refused, unknown, schoolChoices }: Extraction): Turn | undefined {
  const { copy, reads, text, gathered } = heard;
  const open = !reads.question || isWorded(asking) || gathered.knowledge.decision !== 'none';
  if (open || refused || unknown || reads.correction || schoolChoices.length > 0) return undefined;
  const turn = again(heard, draft, asking, copy.missSide);
  return { ...turn, effects: [gapIn(heard.memory, text), ...turn.effects] };
}

/** Words of courtesy or assent, signs without words, and the name of the form once more, answer no question. */
function isEmptyTalk({ reads, text }: Heard): boolean {
  const wordless = !/[\p{L}\p{N}]/u.test(text);
  return wordless || reads.yes || reads.goOn || reads.greeting || reads.thanks || (text.length <= 8 && isBareWish(text));
}

/** The number that stands before 取消 in a numbered list: too easily meant as an answer to drop a form. */
function namesCancel({ text, memory }: Heard): boolean {
  return counted(text, memory.offered)?.value === 'cancel';
}

/** Courtesy is returned; assent where something has to be told meets an example, and in the end a person. */
function emptyTalk(heard: Heard, { draft, asking }: InForm): Turn {
  const { reads, copy } = heard;
  if (reads.thanks) return askAgain(heard, copy.welcome);
  const tries = draft.tries + 1;
  if (tries > mostNods) return handOff(heard, 'misses', { draft, lead: copy.tooManyTries });
  return goOn(heard, { ...draft, tries }, lines(copy.stillNeeds(copy.slots[asking]), exampleOf(draft, asking, copy)));
}

export function form(heard: Heard, state: InForm): Turn {
  const { draft, asking } = state;
  const { choice, event, text, copy, reads } = heard;
  if (event.content.kind === 'fields') return answerCard(heard, draft, event.content.values);
  if (choice !== undefined) return pressed(heard, state, choice);
  const kept = attach(heard, draft);
  if (!text) return kept === draft ? askAgain(heard, '') : goOn(heard, kept, copy.mediaKept);
  if (/^(?:再见|拜拜|88|bye)[\s.!\u3002\uff01]*$/i.test(text))
    return stay({ ...heard.state, memory: heard.memory }, say(copy.leftOpen(titleOf(draft.form, heard.locale))));
  if (isMindChanged(text)) return cancelAll(heard);
  if (namesCancel(heard)) return askAgain(heard, formOf(draft).ticketFirst ? copy.stillNeeds(copy.slots[asking]) : copy.cancelByWord);
  if (isEmptyTalk(heard)) return emptyTalk(heard, state);
  if ((reads.no || reads.skip) && fieldOf(draft, asking)?.need !== 'required') return declined(heard, kept, asking);
  const found = extracted(heard, asking);
  const slots = given(draft, asking, found, text);
  const gave = Object.keys(slots).some((name) => name === asking || (name !== 'issue' && hasField(draft.form, name as SlotName))); // names come from Slots
  if (!gave && !isWorded(asking) && moreOfIt(heard, kept))
    return goOn(heard, { ...kept, slots: annotate(kept.slots, text) }, copy.detailNoted);
  const aside = !gave && (sideQuestion(heard, state) ?? unanswered(heard, { ...state, draft: kept }, found));
  const other = correctsField(heard, kept) ? undefined : secondMatter(heard, asking, found);
  return aside || other || answerField(heard, kept, asking, found);
}
