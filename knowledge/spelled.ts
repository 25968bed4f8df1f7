/** Reads what was typed in pinyin as the Chinese of a knowledge base: of all ways to read it, the one whose characters follow each other most often there. */
import { charactersRead, LONGEST_SYLLABLE } from './pinyin';
import { UNIT } from './tokenize';

/** How many questions hold a character, a Latin word or a pair of neighbours. */
export type Frequency = (view: 'chars' | 'pairs', term: string) => number;

type Reading = Readonly<{ last: string; text: string; score: number }>;

const LATIN = /^[a-z]+$/;
/** What it costs to put two characters side by side that no question has so. */
const STRANGERS = Math.log(1e-3);

/**
 * The query with its pinyin read as Chinese. Latin words the base knows stay; when any other is no pinyin, or nothing is known to be
 * read so, the query is not meant as pinyin and stays as it is.
 */
export function readPinyin(query: string, frequency: Frequency): string {
  const units = query.match(UNIT) ?? [];
  const spelled = (unit: string): boolean => LATIN.test(unit) && frequency('chars', unit) === 0;
  if (!units.some(spelled)) return query;
  let readings: readonly Reading[] = [{ last: '', text: '', score: 0 }];
  for (const unit of units) readings = spelled(unit) ? spelledOut(unit, readings, frequency) : extended(readings, [unit], frequency);
  return readings.reduce<Reading | undefined>((best, one) => (best && best.score >= one.score ? best : one), undefined)?.text ?? query;
}

/** All readings followed by a word of syllables; only the best for each last character is kept at each place. */
function spelledOut(word: string, before: readonly Reading[], frequency: Frequency): readonly Reading[] {
  const upTo: (readonly Reading[])[] = [before];
  for (let end = 1; end <= word.length; end += 1) {
    const here: Reading[] = [];
    for (let start = Math.max(0, end - LONGEST_SYLLABLE); start < end; start += 1) {
      const known = charactersRead(word.slice(start, end)).filter((char) => frequency('chars', char) > 0);
      if (known.length > 0) here.push(...extended(upTo[start] ?? [], known, frequency));
    }
    upTo[end] = bestByLast(here);
  }
  return upTo[word.length] ?? [];
}

function extended(readings: readonly Reading[], units: readonly string[], frequency: Frequency): readonly Reading[] {
  return units.flatMap((unit) => {
    const next = readings.map(({ last, text, score }) => {
      const together = frequency('pairs', last + unit);
      const step =
        together > 0 ? Math.log(together / (frequency('chars', last) || 1)) : STRANGERS + Math.log(frequency('chars', unit) + 1) / 4;
      return { last: unit, text: text + unit, score: score + (last === '' ? Math.log(frequency('chars', unit) + 1) / 4 : step) };
    });
    return bestByLast(next);
  });
}

function bestByLast(readings: readonly Reading[]): readonly Reading[] {
  const best = new Map<string, Reading>();
  for (const one of readings) if (one.score > (best.get(one.last)?.score ?? Number.NEGATIVE_INFINITY)) best.set(one.last, one);
  return [...best.values()];
}
