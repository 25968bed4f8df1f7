/** Another matter in the middle of one: the first is put aside, the second gets its own ticket, then the first goes on. */
import type { Extraction } from '../extract';
import { draftIn, type Heard, intentsOf } from '../heard';
import { isAnnounced, isAnnouncementOnly } from '../matter';
import { say, stay } from '../turn';
import type { SlotName, Turn } from '../vocabulary';
import { formFor, interrupts, sure } from './forIntent';
import { start } from './start';

/** Answers to these are free text, in which any word may stand. */
const open: readonly SlotName[] = ['issue', 'remark', 'reason', 'against'];

export function secondMatter(heard: Heard, asking: SlotName | undefined, found: Extraction): Turn | undefined {
  const announced = isAnnounced(heard.text);
  if (isAnnouncementOnly(heard.text)) return stay({ ...heard.state, memory: heard.memory }, say(heard.copy.goAhead));
  if (!announced && asking && (open.includes(asking) || found.slots[asking])) return undefined;
  const [intent] = intentsOf(heard, asking);
  if (!intent || (!announced && (intent.score < sure || !interrupts(intent, heard.text)))) return undefined;
  const form = formFor[intent.name];
  return form && form !== draftIn(heard.state)?.form ? start(heard, form) : undefined;
}
