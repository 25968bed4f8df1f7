/** Several schools of the directory answer to the name: the customer says which. */
import type { Extraction } from '../extract';
import { fill } from '../form';
import { extracted, type Heard } from '../heard';
import { answerCard } from '../moves/card';
import { chosen, stale } from '../moves/chosen';
import { answerField, given } from '../moves/field';
import { chooseSchool, goOn, take } from '../moves/goOn';
import { notedWords } from '../moves/noted';
import { carried } from '../options';
import type { Draft, State, Turn } from '../vocabulary';

type ChoosingSchool = Extract<State, { phase: 'choosingSchool' }>;

export function choosingSchool(heard: Heard, { draft, schools }: ChoosingSchool): Turn {
  const { choice, event, text } = heard;
  if (event.content.kind === 'fields') return answerCard(heard, draft, event.content.values);
  const value = carried(choice, 'school');
  if (value !== undefined && schools.includes(value)) return take(heard, draft, { school: { raw: value, value, verified: true } });
  if (choice === 'noneOfThese' || (choice === undefined && !text)) return goOn(heard, draft);
  if (choice !== undefined) return chosen(heard) ?? stale(heard);
  const named = schools.filter((school) => school.includes(text));
  if (named.length === 1 && named[0]) return take(heard, draft, { school: { raw: text, value: named[0], verified: true } });
  const found = extracted(heard, 'school');
  return told(heard, draft, schools, found) ?? answerField(heard, draft, 'school', found);
}

/** Something else told before the school was chosen: kept, and the choice is offered again. */
function told(heard: Heard, draft: Draft, schools: readonly string[], found: Extraction): Turn | undefined {
  const { school, issue: _, ...slots } = given(draft, undefined, found, heard.text);
  const filled = fill(draft, slots);
  if (school || found.schoolChoices.length > 0 || filled === draft) return undefined;
  const noted = notedWords(heard, draft.form, draft.slots, slots);
  return chooseSchool(heard, filled, schools, noted && heard.copy.fine(noted));
}
