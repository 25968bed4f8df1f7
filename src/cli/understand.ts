/** `qiao understand`: intents, slots and hits of a message or of a few turns, so that anyone can measure them from outside. */
import { z } from 'zod';
import { type Decision, type Intent, SLOT_NAMES, type SlotName } from '../../dialogs/vocabulary';
import { linesOf, print, printJson, readLine, type Terminal, UsageError } from './lines';

type Field = 'school' | 'class' | 'name' | 'phone' | 'issue' | 'remark';
export type Understood = Readonly<{
  intents: readonly Intent[];
  slots: Readonly<Record<Field, Readonly<{ raw: string; value: string }> | null>>;
  rejected: Readonly<Partial<Record<SlotName, Readonly<{ raw: string; reason: string }>>>>;
  decision: Decision;
  hits: readonly Readonly<{ article: string; score: number }>[];
}>;
export type TurnIn = Readonly<{ asked: SlotName | null; text: string }>;
export type Understand = (turns: readonly TurnIn[]) => Understood;

const Turns = z.object({
  turns: z.array(z.object({ asked: z.enum(SLOT_NAMES).nullable().default(null), text: z.string() })).min(1),
});

function turnsOf(line: string): readonly TurnIn[] {
  const read = readLine(line);
  if (typeof read === 'string') return [{ asked: null, text: read }];
  const parsed = Turns.safeParse(read);
  if (!parsed.success)
    throw new UsageError(`write {"turns":[{"asked":"phone"|null,"text":"…"}]}: ${parsed.error.issues[0]?.message ?? ''}`);
  return parsed.data.turns;
}

export async function understandCommand(
  terminal: Terminal,
  understand: Understand,
  text: string,
  options: Readonly<{ json: boolean }>,
): Promise<void> {
  const lines = text === '-' ? linesOf(terminal.input) : [text];
  for await (const line of lines) {
    const understood = understand(turnsOf(line));
    if (options.json) printJson(terminal, understood);
    else say(terminal, line, understood);
  }
}

function say(terminal: Terminal, line: string, understood: Understood): void {
  print(terminal, line);
  for (const intent of understood.intents) print(terminal, `  ${intent.score.toFixed(2)}  ${intent.name}  ${intent.why.join('; ')}`);
  for (const [name, slot] of Object.entries(understood.slots)) if (slot) print(terminal, `  ${name} = ${slot.value}`);
  for (const [name, no] of Object.entries(understood.rejected)) if (no) print(terminal, `  ${name} ✗ ${no.reason}`);
  for (const hit of understood.hits) print(terminal, `  ${hit.score.toFixed(3)}  ${hit.article}`);
}
