/** Reads a message the way a turn does, without a store: intents, slots, refusals and hits. */
import { explain } from '../../dialogs/copy/reasons';
import { type ExtractContext, extract, extractTurns } from '../../dialogs/extract/index';
import { understand } from '../../dialogs/intents';
import { createClassifier } from '../../knowledge/classify';
import type { KnowledgeBase } from '../../knowledge/index';
import { createSchoolDirectory } from '../../knowledge/schools';
import type { Understand } from './understand';

const fields = ['school', 'class', 'name', 'phone', 'issue', 'remark'] as const;

export function createUnderstand(
  knowledge: Pick<KnowledgeBase, 'ask'>,
  schools: readonly Readonly<{ name: string; aliases: readonly string[] }>[],
  at: number,
): Understand {
  const directory = createSchoolDirectory(schools);
  const classify = createClassifier();
  return (turns) => {
    const text = turns.map((turn) => turn.text).join('\n');
    const last = turns.at(-1)?.text ?? '';
    const found = knowledge.ask(last);
    const context: ExtractContext = { schools: directory.find(text), directory: schools.length > 0, at };
    const asked = turns[0]?.asked;
    const extraction = turns.length === 1 ? extract(last, { ...context, ...(asked && { asked }) }) : extractTurns(turns, context);
    const intents = understand(last, { classified: classify(last), knowledge: found, ...(asked && { asked }) });
    const slot = (name: (typeof fields)[number]) => {
      const given = extraction.slots[name];
      return given ? { raw: given.raw, value: given.value } : null;
    };
    const [school, klass, name, phone, issue, remark] = fields.map(slot);
    return {
      intents,
      slots: {
        school: school ?? null,
        class: klass ?? null,
        name: name ?? null,
        phone: phone ?? null,
        issue: issue ?? null,
        remark: remark ?? null,
      },
      rejected: Object.fromEntries(
        Object.entries(extraction.rejected).map(([key, rejection]) => [key, { raw: rejection.raw, reason: explain(rejection, 'zh') }]),
      ),
      decision: found.decision,
      hits: found.hits.map(({ article, score }) => ({ article, score })),
    };
  };
}
