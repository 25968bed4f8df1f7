/** What goes on with the matter in hand: reproaches told to a complaint, an order after an answer, who they are after a question. */
import { hasField, identityIn } from '../form';
import { extracted, type Heard, intentsOf } from '../heard';
import { isBareWish } from '../matter';
import { correctsField } from '../named';
import type { Draft, Hit } from '../vocabulary';
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
  if (choice !== undefined || !hit.form || reads.question || text.length > longestOrder || !order.test(text)) return false;
  const [intent] = intentsOf(heard);
  const own = intent && intent.score >= sure ? formFor[intent.name] : undefined;
  return own === undefined || own === hit.form;
}
