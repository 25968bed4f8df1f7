/** The form a customer asks for by name while something else is going on: a button, 「我要报修」, 「还有一件事，卡丢了」. */
import { forms } from '../forms';
import { type Heard, intentsOf } from '../heard';
import { isBareWish, isNewMatter, isWish, matterIn } from '../matter';
import { carried } from '../options';
import type { FormName } from '../vocabulary';
import { formFor, sure } from './forIntent';

function isForm(name: string): name is FormName {
  return Object.hasOwn(forms, name);
}

export function formWished(heard: Heard): FormName | undefined {
  const pressed = carried(heard.choice, 'form');
  if (heard.choice !== undefined) return pressed !== undefined && isForm(pressed) ? pressed : undefined;
  if (heard.reads.human) return undefined;
  const announced = isNewMatter(heard.text);
  const said = matterIn(heard);
  if (!announced && !isWish(said.text)) return undefined;
  const [intent] = intentsOf(said);
  const form = intent && intent.score >= sure ? formFor[intent.name] : undefined;
  return form ?? (isBareWish(said.text) || /登记/.test(said.text) ? 'intake' : undefined);
}
