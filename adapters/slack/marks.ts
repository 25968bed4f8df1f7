/** What became of an agent's own message, as a mark on it: everybody in the thread sees at a glance what the customer has read. */
import type { Api } from './api';
import type { Place } from './place';

/** Slack's names of ⏳ ✅ ⚠️ 🔒. */
const names = { waiting: 'hourglass_flowing_sand', delivered: 'white_check_mark', failed: 'warning', internal: 'lock' } as const;
export type Mark = keyof typeof names;

/** The sign of a state in a line of our own. */
export const signs: Readonly<Record<Mark, string>> = { waiting: '⏳', delivered: '✅', failed: '⚠️', internal: '🔒' };

/** What may stand there before; taking away what is not there does no harm. */
const before: Readonly<Record<Mark, readonly Mark[]>> = {
  waiting: ['failed'],
  delivered: ['waiting', 'failed'],
  failed: ['waiting'],
  internal: [],
};

/** The new mark first, so that a message is never without one. */
export async function setMark(api: Pick<Api, 'mark' | 'unmark'>, place: Place, mark: Mark): Promise<void> {
  await api.mark(place, names[mark]);
  for (const old of before[mark]) await api.unmark(place, names[old]);
}
