/** Files without words: the parts of one message, or pictures sent one after another, are kept and not answered one by one. */
import type { Memory, Received, State, Turn } from './vocabulary';

/** Pictures this close are sent one after another. */
const rowMs = 600_000;

/** A voice message is never one: it says something, heard or not. */
function isBareFile({ content }: Received): boolean {
  return (content.kind === 'image' || content.kind === 'file') && !content.transcript?.trim();
}

/** Whether the message this file is part of, or the file before it, was answered already. */
function isAnswered({ files, lastAt }: Memory, { part, at }: Received): boolean {
  return part === true || (files === true && at - lastAt < rowMs);
}

/** The turn as the customer gets it: a further file changes what is known, and nothing is said where nothing else happened. */
export function hush(before: State, event: Received, { state, effects }: Turn): Turn {
  const { files: _, ...memory } = state.memory;
  if (!isBareFile(event)) return { state: { ...state, memory }, effects };
  const next = { ...state, memory: { ...memory, files: true as const } };
  const quiet = state.phase === before.phase && isAnswered(before.memory, event);
  return { state: next, effects: quiet ? effects.filter(({ kind }) => kind !== 'reply') : effects };
}
