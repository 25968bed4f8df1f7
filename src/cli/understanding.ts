/** Reads a message the way a turn does, without a store: intents, slots, refusals and hits. */
import { explain } from '../../dialogs/copy/reasons';
import { type ExtractContext, extract, extractTurns } from '../../dialogs/extract/index';
import { gistOf } from '../../dialogs/gist';
import { understand } from '../../dialogs/intents';
import { languageOf } from '../../dialogs/language';
import type { Knowledge, Locale } from '../../dialogs/vocabulary';
import type { Classifier } from '../../knowledge/classify';
import { createSchoolDirectory } from '../../knowledge/schools';
import type { TurnIn, Understand } from './understand';

const fields = ['school', 'class', 'name', 'phone', 'issue', 'remark'] as const;

/** The turn that carries the matter: the last one that tells or answers it, or the last of all when none does. */
function matterAmong(turns: readonly TurnIn[], context: ExtractContext): TurnIn {
  const telling = turns.filter(
    ({ text, asked }) => asked === 'issue' || extract(text, { ...context, ...(asked && { asked }) }).slots.issue,
  );
  return telling.at(-1) ?? turns.at(-1) ?? { text: '', asked: null };
}

function spokenIn(text: string): Readonly<{ language?: Locale }> {
  const language = languageOf(text);
  return language ? { language } : {};
}

export function createUnderstand(
  knowledge: Readonly<{ ask: (question: string, context: Readonly<{ language?: Locale }>) => Knowledge }>,
  classify: Classifier,
  schools: readonly Readonly<{ name: string; aliases: readonly string[] }>[],
  at: number,
): Understand {
  const directory = createSchoolDirectory(schools);
  return (turns) => {
    const context: ExtractContext = {
      schools: directory.find(turns.map(({ text }) => text).join('\n')),
      directory: schools.length > 0,
      at,
    };
    const extraction = extractTurns(turns, context);
    const { text, asked } = matterAmong(turns, context);
    const gist = gistOf(text, context);
    const found: Knowledge = gist === '' ? { decision: 'none', hits: [] } : knowledge.ask(gist, spokenIn(gist));
    const intents = understand(text, { classified: gist === '' ? [] : classify(gist), knowledge: found, ...(asked && { asked }) });
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
