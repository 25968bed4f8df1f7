/** A person holds the chat: every word goes to them, the bot says nothing. */
import type { Heard } from '../heard';
import { mediaNote } from '../moves/field';
import { stay } from '../turn';
import type { State, Turn, WithAgent } from '../vocabulary';

export function withAgent(heard: Heard, state: State & WithAgent): Turn {
  const { event, attachment } = heard;
  const { content } = event;
  const words = content.kind === 'fields' ? Object.values(content.values).join(' ') : heard.text;
  const text = words || mediaNote(heard);
  if (!text) return stay(state);
  return stay(state, { kind: 'tellDesk', ticket: state.ticket, text, ...(attachment && { attachment }) });
}
