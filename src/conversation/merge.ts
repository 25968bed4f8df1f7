/** Several texts of one turn as one message, for platforms that count messages or show each as a letter. Pure. */
import type { Effect, Reply } from '../../dialogs/vocabulary';

type Said = Extract<Effect, { kind: 'reply' }>;

/** What the desk itself says; an agent's words stay as the agent wrote them, and files go alone. */
const ours = (effect: Effect): effect is Said =>
  effect.kind === 'reply' && effect.act === undefined && effect.reply.kind !== 'file' && !('from' in effect.reply);

/** Joined in the place of the last, which keeps its buttons: an answer before a question belongs above it. */
export function mergeReplies(effects: readonly Effect[]): readonly Effect[] {
  const said = effects.filter(ours);
  const last = said.at(-1);
  if (last === undefined || said.length === 1) return effects;
  const text = said.map(({ reply }) => reply.text).join('\n\n');
  const article = said.flatMap(({ reply }) => ('article' in reply && reply.article ? [reply.article] : []))[0];
  const reply: Reply = last.reply.kind === 'text' ? { ...last.reply, text, ...(article && { article }) } : { ...last.reply, text };
  return effects.flatMap((effect): readonly Effect[] => (effect === last ? [{ ...last, reply }] : ours(effect) ? [] : [effect]));
}
