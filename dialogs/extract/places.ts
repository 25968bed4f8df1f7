/** Where a message tells what: labelled fields, numbers, schools and classes, and the text in which only the rest is left to be read. */
import type { SchoolMatch, SlotName } from '../vocabulary';
import { findClass, findClasses } from './class';
import { findLabelled } from './labels';
import { mended } from './numberMended';
import { findPhones } from './phone';
import { findSchool } from './school';
import { CLASS_MARK, cut, normalize, overlaps, PHONE_MARK, SCHOOL_MARK } from './text';
import type { Span } from './types';

type Known = Readonly<{ asked?: SlotName; schools: readonly SchoolMatch[]; directory: boolean; phone?: string }>;

/** All spans hold in `original` too. `masked` has everything understood cut out, `named` says of every cut what stood there. */
export function findPlaces(original: string, { asked, schools, directory, phone: known }: Known) {
  const text = normalize(original);
  const labelled = findLabelled(text);
  const free = cut(
    text,
    labelled.map(({ whole }) => whole),
  );
  const numbers = findPhones(free, asked === 'phone' || asked === 'newPhone');
  const label = labelled.find(({ slot }) => slot === 'phone')?.span.value;
  const told = label ?? numbers.phone?.value ?? numbers.rejected?.raw ?? known;
  const mend = told === undefined ? undefined : mended(told, cut(free, numbers.spans));
  const phones = mend ? { ...numbers, phone: mend, spans: [...numbers.spans, mend] } : numbers;
  const withoutPhones = cut(free, phones.spans);
  const school = findSchool(withoutPhones, original, directory, schools);
  const withoutSchool = cut(withoutPhones, school.spans);
  const classes = findClasses(withoutSchool);
  const own = findClass(withoutSchool, classes);
  const masked = cut(withoutPhones, [...school.spans, ...classes.filter((span) => !school.spans.some((other) => overlaps(span, other)))]);
  const named = cut(cut(cut(free, phones.spans, PHONE_MARK), narrowest(school.spans), SCHOOL_MARK), classes, CLASS_MARK);
  return { text, labelled, phones, mend, school, classes, own, masked, named };
}

/** Of spans over one another the shortest: 「陆子涵实验小学」 is a name before a school the directory knows. */
function narrowest(spans: readonly Span[]): readonly Span[] {
  const length = ({ start, end }: Span): number => end - start;
  return spans.filter((span) => !spans.some((other) => overlaps(span, other) && length(other) < length(span)));
}
