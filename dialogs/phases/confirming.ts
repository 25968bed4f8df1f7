/** Everything was read back: confirm, correct by saying so, add something, or drop it (S4-32, S4-33). */

import { explain } from '../copy/reasons';
import { type Extraction, mergeClass, validate } from '../extract';
import { reads } from '../extract/control';
import { annotate, ask, fieldOf, formOf, hasField, titleOf } from '../form';
import { contextOf, extracted, type Heard } from '../heard';
import { gapIn } from '../learnt';
import { isMindChanged } from '../matter';
import { clarify, sideAnswer } from '../moves/answer';
import { cancelAll } from '../moves/cancel';
import { answerCard } from '../moves/card';
import { chosen, stale } from '../moves/chosen';
import { attach, gradeIn, withGrade } from '../moves/field';
import { askAgain, chooseSchool, confirmOptions, take } from '../moves/goOn';
import { moreOfIt } from '../moves/sameMatter';
import { secondMatter } from '../moves/secondMatter';
import { withoutSchool } from '../moves/start';
import { submit } from '../moves/submit';
import { correctsField, namedField } from '../named';
import { carried, option } from '../options';
import { enter, lines, say } from '../turn';
import type { Draft, Slot, SlotName, Slots, State, Turn } from '../vocabulary';

type Confirming = Extract<State, { phase: 'confirming' }>;

function whichField({ memory, copy }: Heard, draft: Draft): Turn {
  const options = formOf(draft).fields.map(({ name }) => ({ value: `field:${name}`, label: copy.slots[name] }));
  return enter(memory, { phase: 'confirming', draft }, say(copy.whichField, ...options, option(copy, 'cancel')));
}

function change(heard: Heard, draft: Draft, name: SlotName, lead = ''): Turn {
  const field = fieldOf(draft, name);
  if (!field) return whichField(heard, draft);
  return enter(heard.memory, { phase: 'confirming', draft, changing: name }, ask(draft, field, heard.copy, lead));
}

function pressed(heard: Heard, { draft, changing }: Confirming, choice: string): Turn {
  if (choice === 'confirm') return submit(heard, draft);
  if (choice === 'change') return whichField(heard, draft);
  if (choice === 'skip') return askAgain(heard, '');
  const given = carried(choice, 'answer');
  if (given !== undefined && changing) return take(heard, draft, { [changing]: { raw: given, value: given } }, heard.copy.amended);
  const name = carried(choice, 'field');
  const field = formOf(draft).fields.find((one) => one.name === name);
  return field ? change(heard, draft, field.name) : (chosen(heard) ?? stale(heard));
}

/** The new value of a field the customer chose to change. */
function changed(heard: Heard, draft: Draft, changing: SlotName, found: Extraction): Turn {
  const slot = found.slots[changing];
  if (found.schoolChoices.length > 1 && !slot) return chooseSchool(heard, withoutSchool(draft), found.schoolChoices);
  if (slot) return take(heard, draft, withGrade(found.slots, classBefore(draft)), heard.copy.amended);
  const checked = validate(changing, heard.text, contextOf(heard.event, changing));
  if (checked.ok) return take(heard, draft, withGrade({ [changing]: checked.slot }, classBefore(draft)), heard.copy.amended);
  return change(heard, draft, changing, explain(found.rejected[changing] ?? checked.rejection, heard.copy.locale));
}

/** A question at the read-back: close answers are offered, an unknown one is kept for the desk. */
function asked(heard: Heard, draft: Draft): Turn {
  const { copy, text, gathered } = heard;
  if (gathered.knowledge.decision === 'clarify') return clarify(heard, text, gathered.knowledge.hits, draft);
  const turn = onlyAsk(heard, draft, lines(copy.missSide, formOf(draft).consent ? copy.needConsent : copy.pleaseConfirm));
  return { ...turn, effects: [gapIn(heard.memory, text), ...turn.effects] };
}

/** The word still needed, without reading everything back once more. */
function onlyAsk({ memory, copy }: Heard, draft: Draft, words: string): Turn {
  return enter(memory, { phase: 'confirming', draft }, say(words, ...confirmOptions(draft, copy)));
}

/** What a free sentence corrects. The gist of a sentence counts as a new issue only when the customer speaks of the issue. */
function corrections(draft: Draft, found: Extraction, named: SlotName | undefined): Slots {
  const { issue, remark: _, ...slots } = withGrade(found.slots, draft.slots.class);
  const own = Object.entries(slots).filter(
    ([name, slot]) => hasField(draft.form, name as SlotName) && slot.value !== draft.slots[name as SlotName]?.value,
  );
  return { ...Object.fromEntries(own), ...(issue && named === 'issue' && { issue }) };
}

const explicit = /同意|确认|确定|agree|confirm/i;

/** A yes; where money is ordered only an explicit one (S0-13). */
function agrees({ reads: said, text }: Heard, draft: Draft): boolean {
  return formOf(draft).consent ? explicit.test(text) && !said.no && !said.question && !/不/.test(text) : assents(text);
}

/** 「对的，没问题，谢谢」: assent and courtesy, nothing else. */
function assents(text: string): boolean {
  const parts = text
    .split(/[\s,.!\uff0c\u3002\uff01\u3001~]+/)
    .filter(Boolean)
    .map(reads);
  return parts.some(({ yes }) => yes) && parts.every(({ yes, thanks }) => yes || thanks);
}

const unwilling = /^(?:我|还是|先|那|就)*不(?:同意|想?要?(?:办|开通?|订)|办|要)(?:理|了|吧|啦)*[\s.!\u3002\uff01]*$/;

/** 「四年级的」 at the read-back: the class of that grade is asked for, unless a class is known already. */
function gradeOnly(heard: Heard, draft: Draft): Turn | undefined {
  const grade = hasField(draft.form, 'class') ? gradeIn(extracted(heard), heard.text) : undefined;
  if (grade === undefined) return undefined;
  const raw = heard.text;
  const known = draft.slots.class && mergeClass(draft.slots.class.value, grade);
  if (known?.endsWith('班')) return take(heard, draft, { class: { raw, value: known } }, heard.copy.amended);
  return change(heard, { ...draft, grade }, 'class', explain({ raw, code: 'classIncomplete' }, heard.copy.locale));
}

/** The class known before, or the grade told a message ago. */
function classBefore({ slots, grade }: Draft): Slot | undefined {
  return slots.class ?? (grade === undefined ? undefined : { raw: grade, value: grade });
}

function amended(heard: Heard, { draft }: Confirming): Turn {
  const { copy, reads, text } = heard;
  const label = formOf(draft).fields.find(({ name }) => copy.slots[name] === text);
  if (label) return change(heard, draft, label.name);
  const corrects = reads.correction || reads.no;
  const named = corrects ? namedField(text, draft) : undefined;
  const found = extracted(heard, named);
  const slots = corrections(draft, found, named);
  if (Object.keys(slots).length > 0) return take(heard, draft, slots, copy.amended);
  if (found.schoolChoices.length > 1) return chooseSchool(heard, withoutSchool(draft), found.schoolChoices);
  const [rejected] = Object.entries(found.rejected).filter(([, { code }]) => code !== 'phoneMissing');
  if (rejected) return change(heard, draft, rejected[0] as SlotName, explain(rejected[1], copy.locale));
  const graded = gradeOnly(heard, draft);
  if (graded) return graded;
  if (named) return change(heard, draft, named);
  if (corrects) return whichField(heard, draft);
  if (reads.question && !corrects) return asked(heard, draft);
  if (formOf(draft).consent) return onlyAsk(heard, draft, copy.needConsent);
  const steers = reads.skip || reads.thanks || reads.goOn || reads.greeting || reads.helpful !== null;
  if (steers || !tells.test(text) || !hasField(draft.form, 'remark')) return onlyAsk(heard, draft, copy.pleaseConfirm);
  return added(heard, draft);
}

/** Words with a meaning: 「校门口」 adds to the matter, 「哦哦」 does not. */
const tells = /(?:(?![哦啊呵哈额呃嗯唉哎])\p{Script=Han}){2}|[A-Za-z0-9]{4}/u;

/** What else was said of the matter, kept as a remark. */
function added(heard: Heard, draft: Draft): Turn {
  const words = heard.text.replace(/^(?:对了|另外|再|请|帮我?|[\uff0c,\s])*备注(?:一下|下)?[:\uff1a,\uff0c\s]*/, '');
  return take(heard, { ...draft, slots: annotate(draft.slots, words) }, {}, heard.copy.remarked);
}

const nothingMore =
  /^就(?:这|那)(?:个|些|件|样)?(?:事情?|问题)?[了啊呀的吧。.!\uff01~\s]*$|^(?:都|也)?没(?:有)?(?:了|别的|其他的?|什么|备注|补充|要?(?:补充|修改|改|加)的?)*[了啊呀的吧。.!\uff01~\s]*$|^无(?:误|备注)?$/;

export function confirming(heard: Heard, state: Confirming): Turn {
  const { choice, event, text, copy, reads, locale } = heard;
  const draft = attach(heard, state.draft);
  if (event.content.kind === 'fields') return answerCard(heard, draft, event.content.values);
  if (choice !== undefined) return pressed(heard, state, choice);
  if (!text) return take(heard, draft, {}, copy.mediaKept);
  if (state.changing && reads.yes) return askAgain(heard, '');
  if (state.changing) return changed(heard, draft, state.changing, extracted(heard, state.changing));
  // 「没有了」: nothing to correct and nothing to add.
  const settled = nothingMore.test(text);
  if (agrees(heard, draft) || (settled && !formOf(draft).consent)) return submit(heard, draft);
  if (settled) return onlyAsk(heard, draft, copy.needConsent);
  if (isMindChanged(text) || (formOf(draft).consent && unwilling.test(text))) return cancelAll(heard);
  const side = sideAnswer(heard);
  if (side) return askAgain(heard, lines(side.text, copy.sideDone(titleOf(draft.form, locale))), side.effects);
  if (moreOfIt(heard, draft)) return added(heard, draft);
  return (!correctsField(heard, draft) && secondMatter(heard, undefined, extracted(heard))) || amended(heard, { ...state, draft });
}
