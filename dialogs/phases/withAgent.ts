/** A person holds the chat: every word goes to them, the bot says nothing and counts how long they wait. */
import { tellAgents } from '../agents';
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
  // Thanks ask for nothing: an agent who answered last owes no word for them.
  const asks = !heard.reads.thanks && state.owed === undefined;
  const next = asks ? { ...state, owed: { agentName: state.agentName, since: event.at } } : state;
  return stay(next, ...tellAgents(state, { text, ...(attachment && { attachment }) }));
}
