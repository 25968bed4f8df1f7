/** Reads the fields of a form out of what people write: any number of fields, in any order, one message or several. */

import type { Instant, SchoolMatch, Slot, SlotName } from '../vocabulary';
import { childAt, findChildren, withoutOthers } from './children';
import { completedClass, gradeOf, mergeClass, ownGrade } from './class';
import { type Control, reads } from './control';
import { findRelation } from './details';
import { findIssue } from './issue';
import { keepsLast } from './kept';
import type { Labelled } from './labels';
import { standing, surroundings } from './mention';
import { findName } from './name';
import { piece } from './pattern';
import { findPlaces } from './places';
import { addMatter, takesBack, tells } from './telling';
import { clip, cut, normalize } from './text';
import type { ExtractContext, Extraction, Rejection, Span } from './types';
import { validate } from './validate';

export { completedClass, mergeClass } from './class';
export { addMatter, speaksOfMatter, tells } from './telling';
export type { ExtractContext, Extraction, Rejection, RejectionCode, Validation } from './types';
export { validate } from './validate';

const REFUSED = new RegExp(piece`
    不想(?:说|告诉|提供|留|填)|不方便(?:说|透露|留|提供|给|$)|保密|不告诉|不愿意?(?:说|提供|透露|留)?$|隐私
    |^(?:我|就|才)*不(?:给|留|说|告诉)(?:你们?)?(?:手机|电话|号码|名字|姓名|学校|班级)
    |不(?:给|留|填|提供|说)(?:了|吧|手机|电话|号码)*[。!]*$
    |(?:凭|为)什么(?:要|问)(?:我的?)?(?:手机|电话|姓名|名字|这|说|填|提供)|不用(?:留|填|写)
  `);
const UNKNOWN = new RegExp(piece`
    ^(?:这个|我|也|真的|还|都|好像|其实)*(?:不知道|不清楚|不晓得|不记得|记不(?:清|得|住)|忘(?:了|记了?)|没有|没得|冇
    |无|不懂|不确定|晓不得|没)(?:了|啊|呢|他|她|哪个班|几班|是|什么|手机|电话|卡号|编号|班级|备注|的|哦|呀
    |叫)*[。!~]*$
  `);

type Draft = { slots: Partial<Record<SlotName, Slot>>; rejected: Partial<Record<SlotName, Rejection>> };

function takeLabelled(draft: Draft, labelled: readonly Labelled[], original: string, context: ExtractContext): void {
  for (const { slot, span } of labelled) {
    const read = validate(slot, original.slice(span.start, span.end), context);
    if (!read.ok) {
      if (slot === 'class' && read.rejection.code === 'classIncomplete') {
        const level = gradeOf(normalize(read.rejection.raw));
        if (level !== undefined)
          draft.slots.class = { raw: read.rejection.raw, value: mergeClass(level, draft.slots.class?.value ?? level) };
      } else if (read.rejection.code !== 'phoneMissing') draft.rejected[slot] ??= read.rejection;
      continue;
    }
    const previous = draft.slots[slot];
    draft.slots[slot] =
      slot === 'class' && previous ? { raw: read.slot.raw, value: mergeClass(previous.value, read.slot.value) } : read.slot;
  }
  // A grade alone is not a class; it only helped to complete one.
  if (draft.slots.class && !draft.slots.class.value.endsWith('班')) {
    draft.rejected.class = { raw: draft.slots.class.raw, code: 'classIncomplete' };
    delete draft.slots.class;
  }
}

const asSlot = (original: string, span: Span): Slot => ({ raw: original.slice(span.start, span.end).trim(), value: span.value });

/** Everything one message gives. `asked` makes a bare answer count for that field. The last correction wins; nothing is invented. */
export function extract(message: string, { asked, schools, directory, at, phone }: ExtractContext): Extraction {
  return read(message, schools, directory, at, asked, phone);
}

const read = keepsLast(
  (
    message: string,
    schools: readonly SchoolMatch[],
    directory: boolean,
    at: Instant,
    asked: SlotName | undefined,
    phone: string | undefined,
  ): Extraction => readAll(message, { schools, directory, at, ...(asked && { asked }), ...(phone && { phone }) }),
);

function readAll(message: string, context: ExtractContext): Extraction {
  const original = clip(message);
  const { text, labelled, phones, mend, school, classes, own, masked, named } = findPlaces(original, context);
  const draft: Draft = { slots: {}, rejected: {} };
  takeLabelled(draft, labelled, original, context);
  if (mend) {
    draft.slots.phone = asSlot(original, mend);
    delete draft.rejected.phone;
  } else if (phones.phone) draft.slots.phone ??= asSlot(original, phones.phone);
  if (phones.newPhone) draft.slots.newPhone ??= asSlot(original, phones.newPhone);
  if (phones.rejected && !draft.slots.phone) draft.rejected.phone ??= phones.rejected;
  if (school.slot) draft.slots.school ??= school.slot;

  const children = labelled.length > 0 ? [] : findChildren(named, classes);
  const schoolEnd = school.slot && original.indexOf(school.slot.raw) + school.slot.raw.length;
  const child = childAt(children, schoolEnd);
  const another = children.filter((one) => one !== child);
  // Where every letter was part of something understood, nobody is named and no matter is told.
  const told = /\p{L}/u.test(masked);
  const person = child?.name ?? (told ? nameBeside(named, context.asked) : undefined);
  const klass = child?.class ?? sameClause(text, own, classes, person);
  if (klass) draft.slots.class ??= asSlot(original, klass);
  if (person)
    draft.slots.name ??= {
      raw: original.slice(person.start, person.end),
      value:
        original.slice(person.start, person.end).length === person.value.length ? original.slice(person.start, person.end) : person.value,
    };
  const relation = told ? findRelation(masked) : undefined;
  if (relation) draft.slots.relation ??= asSlot(original, relation);

  const control = reads(original);
  const refused = REFUSED.test(text);
  const unknown = UNKNOWN.test(text.trim());
  const found = Object.keys(draft.slots).length > 0;
  const { asked } = context;
  if (
    asked !== undefined &&
    draft.slots[asked] === undefined &&
    !refused &&
    !unknown &&
    !control.question &&
    !isCommand(control, text.trim())
  ) {
    const read = validate(asked, original, context);
    if (read.ok && (!found || asked === 'name' || asked === 'class') && asked !== 'issue') draft.slots[asked] = read.slot;
    else if (!read.ok && !found) draft.rejected[asked] ??= read.rejection;
  }

  const answeredOnly = asked !== undefined && asked !== 'issue' && draft.slots[asked]?.raw.length === original.trim().length;
  if (told && !unknown && !answeredOnly) {
    // The gist is told in the customer's own spelling; an old and a new number stay in it, they are the matter.
    const hidden = [...labelled.map(({ whole }) => whole), ...(phones.newPhone || ABOUT_NUMBERS.test(text) ? [] : phones.spans)];
    const shown = cut(original, hidden);
    const nameless = cut(masked, person ? [person] : []);
    // Who the others are is no matter of its own.
    const onlyNames = another.length > 0 && findIssue(withoutOthers(nameless, another), shown) === undefined;
    const issue = onlyNames ? undefined : findIssue(nameless, shown);
    // 「我的号不方便留，班级圈有人发广告」 refuses a number and still tells its matter.
    if (issue !== undefined && !isCommand(control, text.trim(), issue) && (!refused || tells(issue.replace(REFUSED, ''))))
      draft.slots.issue ??= { raw: issue, value: issue };
  }
  return {
    slots: draft.slots,
    rejected: draft.rejected,
    schoolChoices: draft.slots.school ? [] : school.choices,
    refused,
    unknown,
    ...(another.length > 0 && { another: another.map((one) => ({ name: one.name.value, class: one.class.value })) }),
  };
}

/** 「加上爸爸的号码 136…」: the number is what it is about. */
const ABOUT_NUMBERS = /(?:加|添|增|改|换|绑).{0,10}(?:号|手机|电话)|(?:号|手机|电话).{0,6}(?:加上|添上|改成|换成|绑上)/;

/** A bare name answers what was asked, if anything: 「石桥」 may be a school. */
function nameBeside(named: string, asked: SlotName | undefined): Span | undefined {
  const name = findName(named);
  return asked !== undefined && asked !== 'name' && name?.value === named.trim() ? undefined : name;
}

/** Of several classes the one told in the same breath as the person; else the customer's own. */
function sameClause(text: string, own: Span | undefined, classes: readonly Span[], person: Span | undefined): Span | undefined {
  if (!own || !person || classes.length < 2) return own;
  const between = (one: Span): string => text.slice(Math.min(one.end, person.end), Math.max(one.start, person.start));
  if (!/[,，;；。\s]/.test(between(own))) return own;
  return classes.find((one) => one.value.length > 2 && !/[,，;；。\s]/.test(between(one)) && standing(surroundings(text, one)) >= 0) ?? own;
}

/** What drives somebody to a person says nothing of the matter. */
const ANGER = /^(?:我|你|您|都|真|太|快)*(?:听不懂|看不懂|不想|不要|别|烦|气|没用|没人|不行|不懂|机器|答|说|受不了|解决不了|废|垃圾)/;

/** A steering phrase and nothing else; 「转人工,我的卡丢了」 still tells its matter. */
const isCommand = (control: Control, text: string, matter = text): boolean =>
  (control.human && text.length <= 10 && (matter.length < 4 || ANGER.test(matter) || reads(matter).human)) ||
  control.cancel ||
  control.restart ||
  control.thanks ||
  control.greeting ||
  control.skip ||
  control.goOn;

const FACTS: readonly SlotName[] = ['school', 'class', 'name', 'phone', 'newPhone', 'relation'];

/** Fields of which what is told last holds, as in a form; a name is replaced only where it was asked for or is corrected. */
const LAST_HOLDS: ReadonlySet<SlotName> = new Set(['school', 'class', 'phone']);

const TITLED = /(?:老师|主任|校长|园长|女士|先生)$/;

/** One to three turns read together: the last word on a fact holds, what tells of the matter is kept in order. */
export function extractTurns(turns: readonly Readonly<{ asked: SlotName | null; text: string }>[], context: ExtractContext): Extraction {
  const slots: Partial<Record<SlotName, Slot>> = {};
  const rejected: Partial<Record<SlotName, Rejection>> = {};
  let choices: readonly string[] = [];
  let last: Extraction | undefined;
  let level: string | undefined;
  let askedLast: SlotName | null = null;
  for (const { asked: open, text } of turns) {
    const { asked: _, ...rest } = context;
    const corrects = reads(text).correction;
    // 「不对，是周子若」 with nothing asked speaks of what was asked last.
    const asked: SlotName | null = open ?? (corrects ? askedLast : null);
    askedLast = open ?? askedLast;
    const phone = slots.phone?.value ?? rejected.phone?.raw;
    const turn = extract(text, { ...rest, ...(asked && { asked }), ...(phone && { phone }) });
    last = turn;
    for (const [slot, value] of Object.entries(turn.slots) as [SlotName, Slot][]) {
      const standing = slots[slot];
      if (slot === 'issue') {
        const beside = FACTS.some((fact) => turn.slots[fact]);
        slots.issue = asked === 'issue' ? value : addMatter(standing, value, beside ? 'beside' : takesBack(text) ? 'correction' : 'alone');
        continue;
      }
      // A pupil named after the teacher who speaks is the one it is about.
      const pupil = slot === 'name' && TITLED.test(standing?.value ?? '') && !TITLED.test(value.value);
      if (standing && asked !== slot && !corrects && !pupil && !LAST_HOLDS.has(slot)) continue;
      slots[slot] = slot === 'class' ? { ...value, value: mergeClass(standing?.value ?? level, value.value) } : value;
      delete rejected[slot];
    }
    for (const [slot, rejection] of Object.entries(turn.rejected) as [SlotName, Rejection][])
      if (slots[slot] === undefined) rejected[slot] = rejection;
    const told = ownGrade(normalize(text));
    // 「二班」, and then the grade that was missing.
    const completed = turn.slots.class ? undefined : completedClass(slots.class?.value, normalize(text));
    if (completed !== undefined && slots.class) slots.class = { ...slots.class, value: completed };
    level = told ?? level;
    if (turn.schoolChoices.length > 0 || turn.slots.school) choices = turn.schoolChoices;
  }
  return { slots, rejected, schoolChoices: slots.school ? [] : choices, refused: last?.refused ?? false, unknown: last?.unknown ?? false };
}
