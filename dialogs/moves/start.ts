/** Begins a form: what is known goes in, what is in progress is put aside, who must know at once is told. */
import { draftOf, fill, hasField, nextField, titleOf } from '../form';
import { forms } from '../forms';
import { draftIn, extracted, type Heard, known } from '../heard';
import { isBareWish, matterIn } from '../matter';
import { lines } from '../turn';
import type { Draft, Flag, FormName, Slots, Turn } from '../vocabulary';
import { incidentWords, parkable, putAside } from './aside';
import { eachChild } from './children';
import { chooseSchool, goOn } from './goOn';
import { cuesFor, doubtWords, notedWords, reasonIn, tellApart } from './noted';
import { ongoing } from './ongoing';
import { raise } from './tickets';
import { startUrgent } from './urgent';

/** `ticket` is set when the form fills in one that stands already. */
export type Start = Readonly<{ slots?: Slots; department?: string; ticket?: string }>;

const rights =
  /没(?:有)?(?:办|订|开|申请|同意|签)(?:过|通|理)?|莫名(?!其妙的)|乱(?:扣|收)|偷偷|擅自|私自|强制|强迫|被(?:开通|订购|扣)|泄露|多(?:扣|收)/;

/** Money taken without consent, force, privacy: the customer's lawful rights are at stake (S0-54). */
function rightsAt(text: string): readonly Flag[] {
  return rights.test(text) ? ['rights'] : [];
}

/** What was said, less an issue that only names the form. */
function toldIn({ issue, ...slots }: Slots): Slots {
  return issue && !isBareWish(issue.value) ? { ...slots, issue } : slots;
}

/** Who speaks for a school has no class. */
function wholeSchool({ text, memory, gathered, copy, state }: Heard, form: FormName): Slots {
  const asked = state.phase === 'answering' || state.phase === 'clarifying' ? state.question : '';
  const speaks = (memory.role ?? gathered.profile.role) === 'admin' || /全校|校长|学校管理员|我们(?:学)?校[要想]/.test(`${text}${asked}`);
  return speaks && form === 'intake' ? { class: { raw: text, value: copy.wholeSchool } } : {};
}

/** Starts `form` with everything known and everything just said. */
export function start(before: Heard, form: FormName, { slots: given = {}, department, ticket }: Start = {}): Turn {
  const { heard, found: said, lead: children } = eachChild(before, form, extracted(matterIn(before)));
  const told = tellApart(form, toldIn(said.slots), heard.text);
  const slots = { ...wholeSchool(heard, form), ...known(heard), ...draftIn(heard.state)?.slots, ...reasonIn(told), ...told, ...given };
  if (forms[form].ticketFirst)
    return startUrgent(heard, { ...cuesFor(draftOf(form, slots), heard.choice === undefined ? heard.text : ''), ...slots });
  const flags = form === 'complaint' ? rightsAt(heard.text) : [];
  const begun: Draft = {
    ...draftOf(form, slots, flags),
    ...(department !== undefined && { department }),
    ...(ticket !== undefined && { ticket }),
  };
  const cues = heard.choice === undefined ? cuesFor(begun, heard.text) : {};
  const filled = fill(begun, cues);
  // Who changes a name or a class is not asked for a new number.
  const noNumber = form === 'change' && filled.slots.issue !== undefined && !/号|手机|电话|phone|number/i.test(filled.slots.issue.value);
  const draft: Draft = noNumber ? { ...filled, refused: ['newPhone'] } : filled;
  const again = ongoing(heard, draft);
  if (again) return again;
  const aside = parkable(heard.state);
  const { copy, locale } = heard;
  const concerned = ['intake', 'repair', 'complaint'].includes(form) ? incidentWords(heard, slots) : '';
  const lead = lines(
    aside && copy.parkedFor(titleOf(aside.form, locale)),
    heard.state.phase === 'waiting' && ticket === undefined && copy.placeKept(heard.state.ticket),
    copy.intro[form],
    children,
    concerned,
    nextField(draft) && notedWords(heard, form, {}, { ...told, ...cues }),
    doubtWords(heard, draft, said),
  );
  const alarms = raise(draft.flags, heard.text || titleOf(form, 'zh'));
  const next = { ...heard, memory: putAside(heard) };
  if (said.schoolChoices.length > 1 && hasField(form, 'school'))
    return chooseSchool(next, withoutSchool(draft), said.schoolChoices, lead, alarms);
  return goOn(next, draft, lead, alarms);
}

export function withoutSchool(draft: Draft): Draft {
  const { school: _, ...slots } = draft.slots;
  return { ...draft, slots };
}
