/** What may not wait for its turn, whatever the phase: danger, bad content, complaints, abuse (S4-10, S4-22, S4-36). */
import { unique } from '../form';
import { draftIn, extracted, type Heard, intentsOf, recall } from '../heard';
import { say, stay } from '../turn';
import type { Draft, Flag, FormName, IntentName, Turn } from '../vocabulary';
import { begins, interrupts, sure } from './forIntent';
import { take } from './goOn';
import { handOff } from './handOff';
import { start } from './start';
import { raise } from './tickets';

const alarms: Readonly<Partial<Record<IntentName, FormName>>> = {
  'urgent-incident': 'urgent',
  'bad-content': 'report',
  complaint: 'complaint',
};

/** The form of an alarm that stands in a message beside something else: nobody's wish for a person makes it less. */
export function alarmIn(heard: Heard): FormName | undefined {
  const found = intentsOf(heard).filter(({ name, score }) => alarms[name] && score >= sure);
  const urgent = found.find(({ name }) => name === 'urgent-incident');
  const [first] = urgent ? [urgent] : found;
  return first && alarms[first.name];
}

/** One calm reply; the second time a person takes over and the desk says no more. */
export function calmDown(heard: Heard): Turn {
  const abuse = heard.memory.abuse + 1;
  const flags = raise(['abuse'], heard.text);
  const next = recall(heard, { abuse });
  if (abuse < 2) return stay({ ...heard.state, memory: next.memory }, ...flags, say(heard.copy.calm));
  const draft = draftIn(heard.state);
  return handOff(next, 'abuse', { before: flags, ...(draft && { draft }) });
}

/** The matter of another form told in anger: the supervisor knows, the form stays what it is. */
function alsoComplaint(heard: Heard, draft: Draft): Turn {
  const flagged = { ...draft, flags: unique<Flag>([...draft.flags, 'supervisor']) };
  return take(heard, flagged, extracted(heard, 'issue').slots, heard.copy.alsoComplaint, raise(['supervisor'], heard.text));
}

/** The turn for a message that is an alarm; nothing when it is not, or when its form is being filled already. */
export function alarm(heard: Heard): Turn | undefined {
  const asked = heard.state.phase === 'form' ? heard.state.asking : undefined;
  const [intent] = intentsOf(heard, asked);
  if (!intent || intent.score < sure) return undefined;
  if (intent.name === 'abuse') return calmDown(heard);
  const form = alarms[intent.name];
  const draft = draftIn(heard.state);
  if (draft ? !interrupts(intent, heard.text) : !begins(intent, heard.text)) return undefined;
  if (form === 'complaint' && asked === 'issue' && draft && draft.form !== 'intake' && draft.form !== 'complaint')
    return alsoComplaint(heard, draft);
  return form && form !== draft?.form ? start(heard, form) : undefined;
}
