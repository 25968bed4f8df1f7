/** Questions that only make sense after another: 「那取消呢?」 asks of what was spoken of just before. */

import { bare } from './normalise';
import type { Found, Preference, Retriever } from './retriever';

const LONGEST = 10;
const AFTER_ANOTHER = /^那么?(?<after>.+?)(?:呢|呀|啊)?$|^(?<of>.+)呢$/;
const CONSIDERED = 20;

/** What a fragment asks about, nothing for a question that stands on its own. */
export function fragmentIn(text: string): string | undefined {
  const plain = bare(text);
  if (plain.length > LONGEST) return undefined;
  const groups = AFTER_ANOTHER.exec(plain)?.groups;
  return groups?.after ?? groups?.of;
}

/**
 * Prefers entries that fit the fragment by itself; together with the topic's words in the query that finds another side of the same
 * matter. The topic was answered already, so it is not asked for again.
 */
export function preferFragment({ search }: Pick<Retriever, 'search'>, fragment: string, topic: string, prefer: Preference): Preference {
  const alone = new Map(search(fragment, CONSIDERED, prefer).results.map(({ id, score }: Found) => [id, score]));
  return (id) => (id === topic ? 0 : prefer(id) * (1 + (alone.get(id) ?? 0)));
}
