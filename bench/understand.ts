/**
 * Measures what a turn makes of our own labelled messages, with classifier and knowledge in place: `npm run bench:understand`.
 * `--wrong dev` lists what went wrong on a split; the test split is for reporting, so look at its figures only.
 */
import { parseArgs } from 'node:util';
import { extract, extractTurns } from '../dialogs/extract';
import { understand } from '../dialogs/intents';
import { type Classifier, createClassifier } from '../knowledge/classify';
import { createKnowledge, type KnowledgeBase, type Language } from '../knowledge/index';
import { loadArticles, loadExamples } from '../knowledge/load';
import { extractions, questionsOf, SPLITS, utterances } from './labelled';

const NO_DIRECTORY = { schools: [], directory: false, at: 0 };
const share = (part: number, whole: number): string => (part / Math.max(1, whole)).toFixed(3);
const DECISIONS = ['answer', 'clarify', 'none'] as const;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

function questions(knowledge: KnowledgeBase, name: string, wrong: string | undefined, language: Language = 'zh'): void {
  for (const split of SPLITS) {
    const mine = questionsOf(name, split).map((question) => {
      const found = knowledge.ask(question.text, { language });
      const rank = found.hits.findIndex(({ article }) => question.articles.includes(article));
      return { ...question, ...found, rank, sure: knowledge.retriever.search(question.text, 1).sure };
    });
    const inside = mine.filter(({ articles }) => articles.length > 0);
    const outside = mine.filter(({ articles }) => articles.length === 0);
    const count = (some: typeof mine, test: (one: (typeof mine)[number]) => boolean): string =>
      share(some.filter(test).length, some.length);
    print(
      `${name} ${split}: first ${count(inside, ({ rank }) => rank === 0)} three ${count(inside, ({ rank }) => rank >= 0 && rank < 3)}` +
        ` answered ${count(inside, ({ decision }) => decision === 'answer')} clarified ${count(inside, ({ decision }) => decision === 'clarify')}` +
        ` wrongly ${count(inside, ({ decision, rank }) => decision === 'answer' && rank !== 0)}` +
        ` | outside answered ${count(outside, ({ decision }) => decision === 'answer')} clarified ${count(outside, ({ decision }) => decision === 'clarify')}`,
    );
    for (const decision of DECISIONS) {
      const of = inside.filter((one) => one.decision === decision);
      const ranked = (test: (rank: number) => boolean): number => of.filter(({ rank }) => test(rank)).length;
      print(
        `  ${decision.padEnd(8)} first right ${ranked((rank) => rank === 0)}, among three ${ranked((rank) => rank > 0 && rank < 3)},` +
          ` neither ${ranked((rank) => rank < 0 || rank > 2)} | outside ${outside.filter((one) => one.decision === decision).length}`,
      );
    }
    if (split !== wrong) continue;
    for (const { text, articles, hits, decision, rank, sure } of mine)
      if (articles.length > 0 ? rank !== 0 || decision !== 'answer' : decision !== 'none')
        print(
          `  ${decision} ${sure.toFixed(2)} 「${text}」 ${articles.join('|') || '-'} ← ${hits
            .slice(0, 3)
            .map((hit) => `${hit.article} ${hit.score.toFixed(2)}`)
            .join(', ')}`,
        );
  }
}

function intents(knowledge: KnowledgeBase, classify: Classifier, name: string, wrong: string | undefined): void {
  for (const split of SPLITS) {
    const mine = utterances(name, split).map((utterance) => ({
      ...utterance,
      found: understand(utterance.text, { classified: classify(utterance.text), knowledge: knowledge.ask(utterance.text) }),
    }));
    if (mine.length === 0) continue;
    const right = mine.filter(({ intent, found }) => found[0]?.name === intent);
    const recall = ['urgent-incident', 'complaint', 'human-request'].map((one) => {
      const meant = mine.filter(({ intent }) => intent === one);
      return `${one} ${share(meant.filter((utterance) => right.includes(utterance)).length, meant.length)}`;
    });
    print(`${name} ${split}: right ${share(right.length, mine.length)} | ${recall.join(' ')}`);
    confusions(mine.map(({ intent, found }) => ({ intent, first: found[0]?.name ?? 'none' })));
    if (split !== wrong) continue;
    for (const { text, intent, found } of mine)
      if (found[0]?.name !== intent)
        print(
          `  「${text}」 ${intent} ← ${found
            .slice(0, 3)
            .map((one) => `${one.name} ${one.score} (${one.why.join('; ')})`)
            .join(' | ')}`,
        );
  }
}

const FACTS = ['school', 'class', 'name', 'phone'] as const;

/** Field by field: read as meant of those given, and filled though not given. */
function extraction(name: string, wrong: string | undefined): void {
  for (const split of SPLITS) {
    const mine = extractions(split, name).map((one) => ({
      ...one,
      found: one.turns ? extractTurns(one.turns, NO_DIRECTORY) : extract(one.text ?? '', NO_DIRECTORY),
    }));
    const table = FACTS.map((slot) => {
      const given = mine.filter(({ slots }) => slots[slot] !== undefined);
      const right = given.filter(({ slots, found }) => found.slots[slot]?.value === slots[slot]);
      const invented = mine.filter(({ slots, found }) => slots[slot] === undefined && found.slots[slot]);
      return `${slot} ${share(right.length, given.length)} (invented ${invented.length} of ${mine.length - given.length})`;
    });
    const told = mine.filter(({ issue }) => issue);
    const kept = told.filter(({ issue = [], found }) => issue.every((word) => found.slots.issue?.value.includes(word)));
    const whole = mine.filter(({ slots, found }) => FACTS.every((slot) => found.slots[slot]?.value === slots[slot]));
    print(
      `${name} ${split}, ${mine.length}: ${table.join(' | ')} | gist ${share(kept.length, told.length)} | all ${share(whole.length, mine.length)}`,
    );
    if (split !== wrong) continue;
    for (const { text, turns, slots, found } of mine)
      for (const slot of FACTS)
        if (found.slots[slot]?.value !== slots[slot])
          print(
            `  「${text ?? turns?.map((turn) => turn.text).join(' / ')}」 ${slot}: ${slots[slot] ?? '-'} ← ${found.slots[slot]?.value ?? '-'}`,
          );
  }
}

/** Which intents are taken for which. */
function confusions(found: readonly Readonly<{ intent: string; first: string }>[]): void {
  const names = [...new Set(found.map(({ intent }) => intent))].sort();
  for (const name of names) {
    const meant = found.filter(({ intent }) => intent === name);
    const counts = new Map<string, number>();
    for (const { first } of meant) if (first !== name) counts.set(first, (counts.get(first) ?? 0) + 1);
    const others = [...counts].map(([other, count]) => `${other} ${count}`);
    const right = meant.filter(({ first }) => first === name).length;
    const taken = found.filter(({ intent, first }) => first === name && intent !== name).length;
    print(
      `  ${name.padEnd(16)} ${String(right).padStart(3)} of ${String(meant.length).padStart(3)}${others.length > 0 ? `, as ${others.join(', ')}` : ''}${taken > 0 ? `; others taken for it ${taken}` : ''}`,
    );
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { wrong: { type: 'string' } } });
  const articles = await loadArticles('knowledge/articles');
  const knowledge = createKnowledge(articles);
  const classify = createClassifier(await loadExamples('knowledge/examples'), articles);
  questions(knowledge, 'questions', values.wrong);
  questions(knowledge, 'voices', values.wrong);
  questions(knowledge, 'blind-questions', values.wrong);
  questions(knowledge, 'fresh-questions', values.wrong);
  questions(knowledge, 'unseen-questions', values.wrong);
  questions(knowledge, 'english', values.wrong, 'en');
  questions(knowledge, 'english-voices', values.wrong, 'en');
  intents(knowledge, classify, 'intents', values.wrong);
  intents(knowledge, classify, 'hard-intents', values.wrong);
  intents(knowledge, classify, 'unseen-intents', values.wrong);
  intents(knowledge, classify, 'blind-questions', values.wrong);
  intents(knowledge, classify, 'blind-intents', values.wrong);
  extraction('extraction', values.wrong);
  extraction('unseen-extraction', values.wrong);
}

void main();
