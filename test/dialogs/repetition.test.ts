/** Whatever a customer answers, the desk never just repeats its question. */
import { copyFor } from '../../dialogs/copy';
import { draftOf, fieldOf } from '../../dialogs/form';
import { forms } from '../../dialogs/forms';
import type { FormName, SlotName, State } from '../../dialogs/vocabulary';
import { given, inPhase } from '../support/given';

const answers = [
  '对',
  '好的',
  '登记',
  '您好',
  '。',
  '👌',
  '1',
  '1380013800',
  '13800138000',
  '张老师',
  '王小明',
  '实验小学',
  '三年级',
  '不想说',
  '不知道',
  '为什么要问这个？',
];
const asked = Object.values(forms).flatMap(({ name, fields }) =>
  fields.filter(({ need }) => need !== 'welcome').map((field): [FormName, SlotName] => [name, field.name]),
);

const inForm = (form: FormName, asking: SlotName): State => inPhase({ phase: 'form', draft: draftOf(form, {}), asking });

function askedAgain(state: State, form: FormName, asking: SlotName): string | undefined {
  if (state.phase !== 'form' || state.asking !== asking) return undefined;
  const field = fieldOf(draftOf(form, {}), asking);
  return field && copyFor('zh').questions[field.question];
}

test.each(asked)('an answer to %s / %s is taken, or met with a reason or an example', (form, asking) => {
  for (const answer of answers) {
    const said = given(inForm(form, asking)).whenSaid(answer);
    const question = askedAgain(said.turn.state, form, asking);
    if (question !== undefined) expect(said.reply().text).not.toBe(question);
  }
});
