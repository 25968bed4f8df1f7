/** Several schools of the directory answer to the name: the customer says which. */
import { extracted, type Heard } from '../heard';
import { chosen, stale } from '../moves/chosen';
import { answerCard, answerField } from '../moves/field';
import { goOn, take } from '../moves/goOn';
import { carried } from '../options';
import type { State, Turn } from '../vocabulary';

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
  return answerField(heard, draft, 'school', extracted(heard, 'school'));
}
