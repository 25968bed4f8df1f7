/** A file, a place or a form card without words, where nothing is in progress: kept for the matter it belongs to. */
import { annotate, draftOf } from '../form';
import { draftIn, type Heard, known } from '../heard';
import { say, stay } from '../turn';
import type { Turn } from '../vocabulary';
import { answerCard } from './card';
import { mediaNote } from './field';

/** The ticket opened by the words this file came with. */
function justOpened({ event, memory, tickets }: Heard): string | undefined {
  const last = tickets.find(({ number }) => number === memory.tickets.at(-1));
  return event.part && last?.createdAt === memory.lastAt ? last.number : undefined;
}

export function unspoken(heard: Heard): Turn | undefined {
  const { state, memory, event, copy, text, attachment } = heard;
  if (draftIn(state) || state.phase === 'waiting' || text) return undefined;
  if (event.content.kind === 'fields') return answerCard(heard, draftOf('intake', known(heard)), event.content.values);
  const note = mediaNote(heard);
  if (!note) return undefined;
  const ticket = justOpened(heard);
  if (ticket) return stay(state, { kind: 'tellDesk', ticket, text: note, ...(attachment && { attachment }) });
  return stay({ ...state, memory: { ...memory, slots: annotate(memory.slots, note) } }, say(copy.mediaIdle));
}
