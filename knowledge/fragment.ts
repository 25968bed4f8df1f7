/** Questions that only make sense after another: 「那取消呢?」 asks of what was spoken of just before. */

import { bare } from './normalise';
import type { Found, Preference, Retriever } from './retriever';

const LONGEST = 10;
const AFTER_ANOTHER = /^那么?(?<after>.+?)(?:呢|呀|啊)?$|^(?<of>.+)呢$/;
/** How much or how long, of nothing named: 「要多少钱」 after the lost card asks for the price of a new one. */
const MEASURE =
  /^(?:大概|一共|一般|还|得|要|需要)*(?:多少钱|几块钱?|要钱|收费|收钱|花钱|多久|几天|多长时间)(?:能拿到|能好|能行|生效|吗|么|不)*$/;
/** How much an entry that fits the fragment alone gains beside the topic's words. */
const FITS = 2;
const CONSIDERED = 20;

/** What a fragment asks about, nothing for a question that stands on its own. */
export function fragmentIn(text: string): string | undefined {
  const plain = bare(text);
  if (plain.length > LONGEST) return undefined;
  const groups = AFTER_ANOTHER.exec(plain)?.groups;
  return groups?.after ?? groups?.of ?? MEASURE.exec(plain)?.[0];
}

/**
 * Prefers entries that fit the fragment by itself; together with the topic's words in the query that finds another side of the same
 * matter. The topic was answered already, so it is not asked for again.
 */
export function preferFragment({ search }: Pick<Retriever, 'search'>, fragment: string, topic: string, prefer: Preference): Preference {
  const alone = new Map(search(fragment, CONSIDERED, prefer).results.map(({ id, score }: Found) => [id, score]));
  return (id) => (id === topic ? 0 : prefer(id) * (1 + FITS * (alone.get(id) ?? 0)));
}
