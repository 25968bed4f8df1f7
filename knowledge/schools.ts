/** Finds schools of the directory in what a customer writes: full name, alias, the usual shortenings, one wrong character. */
import { DamerauLevenshteinDistance } from 'natural/lib/natural/distance';
import { formsOf, sameKind, shorten, shortForm, standsAlone } from './schoolNames';
import { trace } from './traced';

export type School = Readonly<{ name: string; aliases?: readonly string[] }>;
/** `raw` as the customer wrote it; `score` 1 for the name itself, less for shortenings and misspellings. */
export type SchoolMatch = Readonly<{ school: string; raw: string; score: number }>;
/** `find` gives the best first. Schools that fit equally well are all returned, so that the customer can be asked. */
export type SchoolDirectory = Readonly<{ find: (text: string) => readonly SchoolMatch[]; size: number }>;

const NAME = 1;
const ALIAS = 0.95;
const SHORT = 0.85;
const MISSPELT = 0.7;
/** With fewer characters, one wrong of them could mean anything. */
const FUZZY_LENGTH = 4;
const LONGEST_TEXT = 400;
const MOST_MATCHES = 20;

/** Which schools answer to a form, by position, and how surely. */
type Owners = Map<number, number>;
type Span = Readonly<{ from: number; to: number; form: string; factor: number }>;

export function createSchoolDirectory(schools: readonly School[]): SchoolDirectory {
  if (schools.length === 0) return { find: () => [], size: 0 };
  const forms = new Map<string, Owners>();
  const misspelt = new Map<string, string[]>();
  schools.forEach(({ name, aliases = [] }, school) => {
    const learn = (form: string, score: number): void => {
      if (form.length < 2) return;
      const owners = forms.get(form) ?? new Map<number, number>();
      owners.set(school, Math.max(score, owners.get(school) ?? 0));
      forms.set(form, owners);
    };
    for (const form of formsOf(name)) learn(form, SHORT);
    for (const alias of aliases) learn(shortForm(alias), ALIAS);
    learn(shortForm(name), NAME);
  });
  for (const form of forms.keys()) {
    if (form.length < FUZZY_LENGTH) continue;
    for (const part of withoutOne(form)) misspelt.set(part, [...(misspelt.get(part) ?? []), form]);
  }
  const longest = [...forms.keys()].reduce((length, form) => Math.max(length, form.length), 0);

  function find(text: string): readonly SchoolMatch[] {
    const short = shorten(trace(text.slice(0, LONGEST_TEXT)));
    const exact = exactSpans(short.text);
    const best = new Map<number, SchoolMatch>();
    for (const { from, to, form, factor } of exact.length > 0 ? exact : misspeltSpans(short.text)) {
      const raw = text.slice(short.from[from] ?? 0, short.to[to - 1] ?? text.length);
      for (const [school, sure] of forms.get(form) ?? []) {
        const score = sure * factor;
        if (score > (best.get(school)?.score ?? 0)) best.set(school, { school: schools[school]?.name ?? '', raw, score });
      }
    }
    return [...best.values()].sort((a, b) => b.score - a.score).slice(0, MOST_MATCHES);
  }

  /** From left to right, the longest form at each place. */
  function exactSpans(text: string): readonly Span[] {
    const spans: Span[] = [];
    for (let from = 0; from < text.length; from += 1) {
      for (let to = Math.min(text.length, from + longest); to >= from + 2; to -= 1) {
        const form = text.slice(from, to);
        if (!forms.has(form) || !standsAlone(text, from, to)) continue;
        spans.push({ from, to, form, factor: 1 });
        from = to - 1;
        break;
      }
    }
    return spans;
  }

  /** Stretches that end like a school and are one slip away from a form. The longest wins, for it agrees in most. */
  function misspeltSpans(text: string): readonly Span[] {
    const spans: Span[] = [];
    for (const end of text.matchAll(/[中小幼高初职校园]/gu)) {
      const to = end.index + 1;
      for (let from = Math.max(0, to - longest - 1); from <= to - FUZZY_LENGTH + 1; from += 1) {
        const written = text.slice(from, to);
        const meant = candidates(written).filter((form) => sameKind(form, written) && oneSlip(form, written));
        if (meant.length === 0 || !standsAlone(text, from, to)) continue;
        for (const form of new Set(meant)) spans.push({ from, to, form, factor: MISSPELT });
        break;
      }
    }
    return spans;
  }

  function candidates(written: string): readonly string[] {
    return [written, ...withoutOne(written)].flatMap((part) => [
      ...(misspelt.get(part) ?? []),
      ...(forms.has(part) && part.length >= FUZZY_LENGTH ? [part] : []),
    ]);
  }
  return { find, size: schools.length };
}

/** The text with each one of its characters left out: two texts one slip apart share such a part. */
const withoutOne = (text: string): readonly string[] => [...new Set([...text].map((_char, at) => text.slice(0, at) + text.slice(at + 1)))];

const oneSlip = (a: string, b: string): boolean => DamerauLevenshteinDistance(a, b, { restricted: true }) <= 1;
