/** Reads labelled messages: our own under test/fixtures/understanding, and question sets from outside, which are measured with and never kept. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const FIXTURES = 'test/fixtures/understanding';
const FaqEntry = z.object({ id: z.string(), question: z.string(), similar: z.array(z.string()) });
const FaqQuery = z.object({ q: z.string(), gold: z.string().nullable(), kind: z.enum(['in', 'ood-near', 'ood-far']) });
const Split = z.enum(['dev', 'test']);
const Question = z.object({ split: Split, text: z.string(), articles: z.array(z.string()), author: z.string().optional() });
const Utterance = z.object({ split: Split, text: z.string(), intent: z.string() });

const SLOT = z.enum(['school', 'class', 'name', 'phone', 'newPhone', 'issue', 'remark', 'relation']);
const Told = z.object({
  split: Split,
  set: z.string().optional(),
  text: z.string().optional(),
  turns: z.array(z.object({ asked: SLOT.nullable(), text: z.string() })).optional(),
  slots: z.record(z.string(), z.string()),
  issue: z.array(z.string()).optional(),
});

export type FaqQuery = Readonly<z.infer<typeof FaqQuery>>;
export type Split = z.infer<typeof Split>;
/** `articles` holds those that answer the question: none for a question from outside our matters. */
export type Question = Readonly<z.infer<typeof Question>>;
export type Utterance = Readonly<z.infer<typeof Utterance>>;
export const SPLITS = Split.options;

const lines = <T>(file: string, schema: z.ZodType<T>): T[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => schema.parse(JSON.parse(line)));

export function faqSet(prefix: string) {
  return {
    name: prefix.split('/').at(-1) ?? prefix,
    entries: lines(`${prefix}.kb.jsonl`, FaqEntry),
    queries: lines(`${prefix}.queries.jsonl`, FaqQuery),
  };
}

/** `questions`: short everyday questions; `voices`: two to every article as different people say it; `fresh-questions`: those of three other authors; `english-voices`: two to every article in English. All with questions from outside. */
export const questionsOf = (name: string, split: Split): readonly Question[] =>
  lines(`${FIXTURES}/${name}.jsonl`, Question).filter((one) => one.split === split);

/** `intents` or the harder wordings of `hard-intents`. */
export const utterances = (name: string, split: Split): readonly Utterance[] =>
  lines(`${FIXTURES}/${name}.jsonl`, Utterance).filter((one) => one.split === split);

/** Messages of one to three turns with the fields they give: ours, or those of `unseen-extraction`. */
export const extractions = (split: Split, name = 'extraction') =>
  lines(`${FIXTURES}/${name}.jsonl`, Told).filter((one) => one.split === split);
