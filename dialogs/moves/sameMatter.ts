/** What goes on with the matter in hand: reproaches told to a complaint, an order after an answer, who they are after a question. */
import { hasField, identityIn } from '../form';
import { extracted, type Heard, intentsOf } from '../heard';
import { isBareWish } from '../matter';
import { correctsField } from '../named';
import { option } from '../options';
import { isOrder } from '../order';
import { say, stay } from '../turn';
import type { Draft, Hit, Option, Turn } from '../vocabulary';
import { formFor, sure } from './forIntent';

const leastWords = 5;

/** 「你们凭什么乱扣费」 while a complaint is taken down: no question for the knowledge base, but more of the complaint. */
export function moreOfIt(heard: Heard, draft: Draft): boolean {
  const { text, choice } = heard;
  const told = draft.form === 'complaint' && draft.slots.issue !== undefined && hasField(draft.form, 'remark');
  if (!told || choice !== undefined || text.length < leastWords || isBareWish(text) || correctsField(heard, draft)) return false;
  const [intent] = intentsOf(heard);
  return intent?.name === 'complaint' && intent.score >= sure && !leavesIdentity(heard);
}

/** Who they are: articles ask for it where the desk has to look into the matter. */
export function leavesIdentity(heard: Heard): boolean {
  if (heard.choice !== undefined || heard.reads.question) return false;
  const { issue, ...slots } = extracted(heard, 'name').slots;
  return !issue && Object.keys(identityIn(slots)).length > 0;
}

const order = /^(?:好的?|嗯+|那|就|请|麻烦|你们?|您|[\uff0c,\s])*(?:帮忙|帮|给|替)(?:我|一下)?/;
const longestOrder = 12;

/** 「帮我转过去」 after an answer that leads to a form: do that. A wish of its own goes its own way. */
export function ordersIt(heard: Heard, hit: Hit): boolean {
  const { text, choice, reads } = heard;
  if (choice !== undefined || !hit.form) return false;
  if (isOrder(text)) return true;
  if (reads.question || text.length > longestOrder || !order.test(text)) return false;
  const [intent] = intentsOf(heard);
  const own = intent && intent.score >= sure ? formFor[intent.name] : undefined;
  return own === undefined || own === hit.form;
}

const stillNot =
  /^(?:我|都|已经|也|全|[\uff0c,\s])*(?:试|弄|搞|按|照).{0,8}(?:不行|没用|不得行|没反应|一样)|^.{0,8}还是(?:不行|不能|不可以|没用|一样|收不到|登不[上进]|打不开|没有?(?:反应|收到|短信))[了啊呀。.!\uff01\s]*$/;

/** 「都试过了，还是不行」. */
export function didNotHelp(text: string): boolean {
  return stillNot.test(text);
}

/** What was asked may be registered: by a button, or by whoever says who they are. The phase stays, so that the question is known. */
export function offerRegistering({ copy, memory, state }: Heard, [apply]: readonly Option[] = []): Turn {
  return stay({ ...state, memory }, say(copy.offerRegister, apply ?? option(copy, 'register'), option(copy, 'helpful')));
}
