/** One person on two channels: offered once a number known elsewhere was given, proved by a code sent there, and nothing is told before. */
import { normalize } from '../extract/text';
import { draftIn, type Heard } from '../heard';
import { option } from '../options';
import { say, stay } from '../turn';
import type { Content, Memory, Option, State, Turn } from '../vocabulary';

/** Whether to offer it now: once in a conversation, and only where a code could be sent. */
export const mayMerge = ({ gathered, memory }: Heard): boolean => gathered.elsewhere === true && memory.merging === undefined;

export const mergeOption = ({ copy }: Heard): Option => option(copy, 'sendCode');

/** Six digits and nothing else, in whatever width they were typed. */
export function codeIn(text: string): string | undefined {
  return /^\d{6}$/.exec(normalize(text).replace(/\s/g, ''))?.[0];
}

/** The code typed where one was asked for, so that nobody guesses at one that was not; what is said to an agent is the agent's. */
export function codeTyped(state: State, content: Content): string | undefined {
  const awaited = state.memory.merging === 'sent' && state.phase !== 'withAgent';
  return awaited && content.kind === 'text' ? codeIn(content.text) : undefined;
}

/** The code asked for, or typed; undefined when the message is about something else. */
export function merging(heard: Heard): Turn | undefined {
  const { choice, copy, memory, state, gathered } = heard;
  const kept = (merged: Memory['merging']): Heard['state'] => {
    const { merging: _, ...rest } = memory;
    return { ...state, memory: { ...rest, ...(merged && { merging: merged }) } };
  };
  const phone = memory.slots.phone?.value;
  if (choice === 'sendCode' && phone !== undefined && !draftIn(state))
    return stay(kept('sent'), { kind: 'sendCode', phone }, say(copy.codeSent));
  if (memory.merging !== 'sent' || !gathered.proof) return undefined;
  switch (gathered.proof.kind) {
    case 'right':
      return stay(kept('offered'), { kind: 'noteMerge', merge: gathered.proof.merge }, say(copy.merged));
    case 'wrong':
      return stay(kept('sent'), say(copy.codeWrong(gathered.proof.left)));
    case 'over':
      return stay(kept('offered'), say(copy.codeOver));
  }
}
