/** A file, a place or a form card without words, where nothing is in progress: kept for the matter it belongs to. */
import { annotate, draftOf } from '../form';
import { draftIn, type Heard, known } from '../heard';
import { say, stay } from '../turn';
import type { Turn } from '../vocabulary';
import { answerCard, mediaNote } from './field';

export function unspoken(heard: Heard): Turn | undefined {
  const { state, memory, event, copy, text } = heard;
  if (draftIn(state) || state.phase === 'waiting' || text) return undefined;
  if (event.content.kind === 'fields') return answerCard(heard, draftOf('intake', known(heard)), event.content.values);
  const note = mediaNote(heard);
  if (!note) return undefined;
  return stay({ ...state, memory: { ...memory, slots: annotate(memory.slots, note) } }, say(copy.mediaIdle));
}
