/** The matter is over: a new message starts anew, unless it may be the old matter again within some hours. */
import { type Heard, instead } from '../heard';
import { maybeAgain, sameAgain, saysAgain } from '../moves/again';
import { freely } from '../moves/freely';
import { saysSame } from '../same';
import { enter, say } from '../turn';
import type { State, Turn } from '../vocabulary';
import { idle } from './idle';

type Closed = Extract<State, { phase: 'closed' }>;

export function closed(heard: Heard, { ticket, at, about }: Closed): Turn {
  const { choice, reads, memory, copy, text } = heard;
  if (ticket !== undefined && about !== undefined) {
    const same = choice === undefined ? saysSame(text) : undefined;
    if (choice === 'sameMatter' || reads.yes || same || (choice === undefined && saysAgain(text))) return sameAgain(heard, ticket, about);
    if (choice === 'newMatter' || reads.no || same === false) return freely(instead(heard, about));
  }
  if (reads.thanks) return enter(memory, { phase: 'closed', at, ...(ticket !== undefined && { ticket }) }, say(copy.welcome));
  return (about === undefined && maybeAgain(heard, ticket ?? memory.tickets.at(-1), at)) || idle(heard);
}
