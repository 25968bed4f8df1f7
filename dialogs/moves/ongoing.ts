/** The same matter again while its ticket is open: told and urged, not registered twice (S2-46). */
import type { Heard } from '../heard';
import { carried, option } from '../options';
import { enter, lines, say } from '../turn';
import { type Draft, isOpen, type Memory, type TicketSummary, type Turn } from '../vocabulary';
import { statusWords } from './status';

function pairs(text: string): ReadonlySet<string> {
  const plain = text.replace(/[\s\p{P}]/gu, '');
  return new Set(Array.from({ length: Math.max(0, plain.length - 1) }, (_, at) => plain.slice(at, at + 2)));
}

/** Share of the shorter text's character pairs found in the other, 0…1. */
export function alike(a: string, b: string): number {
  const [x, y] = [pairs(a), pairs(b)];
  const shared = [...x].filter((pair) => y.has(pair)).length;
  const least = Math.min(x.size, y.size);
  return least === 0 ? 0 : shared / least;
}

/** Drafts that may turn out to be an open ticket told again, most of all one an agent gave back just now; a complaint is never held up by a question. */
function sameMatter(draft: Draft, ticket: TicketSummary, { returned }: Memory): boolean {
  const issue = draft.slots.issue?.value ?? '';
  return (
    !ticket.elsewhere && ticket.form === draft.form && isOpen(ticket) && (ticket.number === returned || alike(issue, ticket.issue) >= 0.6)
  );
}

/** The ticket the customer was asked about, as long as the question stands. */
export function askedAbout({ state, memory }: Heard): string | undefined {
  if (state.phase !== 'resuming') return undefined;
  return memory.offered.map(({ value }) => carried(value, 'urge')).find((number) => number !== undefined);
}

/** The question whether to urge the open ticket, when one on the same matter exists; nothing otherwise. */
export function ongoing(heard: Heard, draft: Draft): Turn | undefined {
  if (heard.state.phase !== 'idle' || draft.flags.includes('supervisor')) return undefined;
  const ticket = heard.tickets.find((one) => sameMatter(draft, one, heard.memory));
  if (!ticket) return undefined;
  const { copy, memory } = heard;
  const text = lines(copy.ongoing, statusWords(heard, ticket), copy.ongoingAsk);
  const urge = { value: `urge:${ticket.number}`, label: copy.buttons.urge };
  const anew = { value: 'goOn', label: copy.buttons.newMatter };
  return enter(memory, { phase: 'resuming', draft, text: '' }, say(text, urge, anew, option(copy, 'human')));
}
