/** What a message gave besides the answer, said back, and whether it was an answer at all. */
import { explain } from '../copy/reasons';
import { type Extraction, validate } from '../extract';
import { CUE_NAMES, findCues, otherNumber, tellsTime } from '../extract/cues';
import { isRelation, readRelationAnswer } from '../extract/details';
import { isName } from '../extract/name';
import { hasField, shown } from '../form';
import { forms } from '../forms';
import { contextOf, type Heard } from '../heard';
import type { Draft, SlotName, Slots } from '../vocabulary';

/** Fields answered in the customer's own words, each with the facts that may be part of such an answer. */
const worded: Readonly<Partial<Record<SlotName, readonly SlotName[]>>> = {
  place: ['class'],
  device: ['class'],
  since: [],
  eventTime: [],
  item: [],
  recipients: ['school', 'class'],
  against: ['school', 'class', 'name'],
  reason: ['school', 'class', 'relation'],
  issue: ['school', 'class', 'name', 'relation'],
};
const facts: readonly SlotName[] = ['school', 'class', 'name', 'phone', 'newPhone', 'relation'];
const filler = /我们?|孩子|学生|家长|学校|班级|姓名|名字|手机|电话|号码|[是的在叫了啊呀吧呢]|[^\p{L}\p{N}]/gu;
const longestSchool = 12;
const titled = /^\p{Script=Han}{1,3}(?:老师|主任|校长|妈妈|爸爸|先生|女士)$/u;

export function isWorded(asking: SlotName): boolean {
  return worded[asking] !== undefined;
}

/** Whether words meant for `asking` are clearly the value of another field: a number, a school, somebody's name. */
export function isAnothers(heard: Heard, asking: SlotName, found: Extraction): boolean {
  const own = worded[asking];
  if (!own) return false;
  const text = heard.text.trim();
  const told = facts.filter((name) => found.slots[name]);
  const others = told.filter((name) => !own.includes(name));
  // 「李老师 五年级1班」 is who they are, though a class alone may be a place; and nobody's matter is only who they are.
  const whole = asking === 'issue' || (others.length > 0 && !own.includes('name')) ? told : others;
  const rest = whole.reduce((left, name) => left.replace(found.slots[name]?.raw ?? '', ''), text).replace(filler, '');
  if (whole.length > 0 && rest.length < 2) return true;
  if (asking === 'issue' && found.schoolChoices.length > 1 && !found.slots.issue && text.length <= longestSchool) return true;
  const { phone: bad } = found.rejected;
  if (bad && text.replace(bad.raw, '').replace(/\d/g, '').trim().length <= 3) return true;
  if (own.includes('name')) return false;
  if (titled.test(text) && asking !== 'recipients') return true;
  if (asking === 'since' || asking === 'eventTime') return /^\p{Script=Han}{1,6}$/u.test(text) && !tellsTime(text);
  return asking !== 'place' && isBareName(text);
}

function isBareName(text: string): boolean {
  return (/^\p{Script=Han}{2,4}$/u.test(text) && isName(text)) || /^[A-Z][a-z]+(?:[ '-][A-Z][a-z]+){1,2}$/.test(text);
}

/** 「李老师」 where a place was asked, 「王小明」 where a number was: the name the form asks for anyway. */
export function nameInstead(heard: Heard, draft: Draft): Slots {
  const text = heard.text.trim();
  const named = titled.test(text) || isBareName(text);
  if (draft.slots.name || !hasField(draft.form, 'name') || !named) return {};
  const read = validate('name', heard.text, contextOf(heard.event));
  return read.ok ? { name: read.slot } : {};
}

/** 「妈妈」 where a name or a number was asked, and the form wants to know who is speaking. */
export function relationInstead(draft: Draft, text: string): Slots {
  const told = isRelation(text) && hasField(draft.form, 'relation') && !draft.slots.relation;
  return told ? { relation: { raw: text, value: readRelationAnswer(text) } } : {};
}

/** One number is not both the old and the new: of two told together the other one is the old. A form that asks for one number knows no old. */
export function tellApart(form: Draft['form'], { phone, ...slots }: Slots, text: string): Slots {
  if (!hasField(form, 'newPhone') || !phone || phone.value !== slots.newPhone?.value) return phone ? { ...slots, phone } : slots;
  const old = otherNumber(text, phone.value);
  return old ? { ...slots, phone: old } : slots;
}

/** A school's name answers no question for a person's, and a sentence none for a school. */
export function withoutMistaken(slots: Slots): Slots {
  const { school, name } = slots;
  const sentence = school?.verified === false && /^[^A-Za-z]{7,}$/.test(school.raw) && !/[校学院园中小幼附]/.test(school.raw);
  const wrong: readonly string[] = [sentence ? 'school' : '', name && name.raw === school?.raw ? 'name' : ''];
  return Object.fromEntries(Object.entries(slots).filter(([one]) => !wrong.includes(one)));
}

const causes = /因为|毕业|转学|休学|太贵|太多|嫌|不需要|用不[上着]|不想用|没(?:什么)?用|还在扣|乱扣|重复|换(?:了)?(?:号|手机|学校)|搬/;

/** Why they leave, when they said so along with the wish. */
export function reasonIn({ issue }: Slots): Slots {
  return issue && causes.test(issue.value) ? { reason: issue } : {};
}

/** Facts told in passing that the form asks for and does not know yet. */
export function cuesFor(draft: Draft, text: string): Slots {
  const wanted = CUE_NAMES.filter((name) => hasField(draft.form, name) && !draft.slots[name]);
  return wanted.length === 0 ? {} : findCues(text, wanted);
}

/** 「学校记下了：…。」 for the form's own fields among `taken`; an issue is not echoed, only said to be known. */
export function notedWords({ copy }: Heard, form: Draft['form'], before: Slots, taken: Slots): string {
  const told = forms[form].fields.flatMap(({ name }) => {
    const slot = taken[name];
    if (!slot || name === 'issue' || name === 'remark') return [];
    return [
      { label: copy.slots[name], value: shown(name, slot, copy), old: before[name]?.value, same: before[name]?.value === slot.value },
    ];
  });
  const fresh = told.filter(({ old }) => old === undefined);
  const [only, second] = fresh;
  const one = only && !second ? [copy.notedOne(only.label, only.value)] : [];
  const some = second ? [copy.notedSome(fresh.map(({ label, value }) => `${label} ${value}`).join(copy.listed))] : [];
  const others = told.filter(({ old }) => old !== undefined);
  const again = others.map(({ label, value, same }) => (same ? copy.notedBefore : copy.notedNew)(label, value));
  const said = [...one, ...some, ...again];
  if (said.length > 0) return copy.noted(said.join(copy.also));
  return taken.issue && hasField(form, 'issue') ? copy.issueNoted : '';
}

/** A number told before it is asked for that cannot be one, said at once with the reason; it is asked for again when its turn comes. */
export function doubtWords({ copy }: Heard, draft: Draft, { rejected }: Extraction): string {
  const doubted = hasField(draft.form, 'phone') && !draft.slots.phone && rejected.phone;
  return doubted && doubted.code !== 'phoneMissing' ? explain(doubted, copy.locale) : '';
}
