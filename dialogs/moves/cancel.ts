/** 取消 and 重来, in every phase: nothing half done is submitted, nothing submitted is undone. */
import { passedOver } from '../agents';
import { notes } from '../copy/notes';
import { formOf, titleOf } from '../form';
import { draftIn, type Heard } from '../heard';
import { formOption } from '../options';
import { enter, lines, say, stay } from '../turn';
import type { Effect, Memory, Turn } from '../vocabulary';
import { askAgain } from './goOn';
import { handOff } from './handOff';
import { menuOptions } from './menu';
import { takeUp } from './submit';

/** Leaves the queue; the ticket stays with the desk. */
function leaveQueue(heard: Heard, ticket: string): readonly Effect[] {
  return [
    { kind: 'amendTicket', number: ticket, slots: {}, flags: [], note: notes.leftQueue },
    { kind: 'tellDesk', ticket, text: heard.text },
  ];
}

export function cancelAll(heard: Heard): Turn {
  const { state, copy, memory } = heard;
  const draft = draftIn(state);
  if (state.phase === 'confirming' && state.changing) return askAgain(heard, '');
  if (draft?.ticket && formOf(draft).ticketFirst)
    return handOff(heard, 'urgent', { draft, lead: copy.urgentKept(draft.ticket), note: notes.stoppedAnswering });
  if (draft?.ticket) return takeUp(heard, copy.cancelledKept(draft.ticket));
  if (draft) return takeUp(heard, copy.cancelled(titleOf(draft.form, heard.locale)));
  if (state.phase === 'waiting') {
    const left = leaveQueue(heard, state.ticket);
    const next = passedOver(state, heard.at);
    if (!next) return takeUp(heard, copy.leftQueue(state.ticket), left);
    return stay(next, ...left, say(lines(copy.leftQueue(state.ticket), copy.staysOn(next.agentName, next.ticket))));
  }
  if (!/取消|退出|cancel|quit/i.test(heard.text)) return enter(memory, { phase: 'closed', at: heard.at }, say(copy.goodbye));
  return enter(memory, { phase: 'idle' }, say(copy.nothingToCancel, formOption('cancel', copy.cancelService)));
}

/** Starts afresh: forms in progress are dropped, who the customer is stays known. */
export function restart(heard: Heard): Turn {
  const { state, copy } = heard;
  const memory: Memory = { ...heard.memory, parked: [], misses: 0 };
  const left = state.phase === 'waiting' ? leaveQueue(heard, state.ticket) : [];
  return enter(memory, { phase: 'idle' }, ...left, say(copy.restarted, ...menuOptions({ ...heard, memory })));
}
