/**
 * A statistical guess at what a customer wants, learnt at start from `examples/`: what people say, by intent.
 *
 * `natural` was measured for this and left out. On these examples its Bayes classifier reaches 0.69 in five-fold cross-validation
 * against 0.84 here, its logistic regression did not finish training in a minute, and loading the module costs more than all of
 * our training.
 */
import { type Example, type Features, train } from './softmax';
import { tokenize } from './tokenize';

/** Every intent there are examples of, under the names the dialogs give them. */
export const INTENTS = [
  'faq',
  'complaint',
  'repair',
  'suggestion',
  'human-request',
  'ticket-status',
  'cancel-service',
  'join-service',
  'change-info',
  'query-info',
  'return-exchange',
  'urgent-incident',
  'chitchat',
  'abuse',
  'bad-content',
  'out-of-scope',
] as const;
export type ClassifiedName = (typeof INTENTS)[number];
export type Examples = ReadonlyMap<ClassifiedName, readonly string[]>;
export type Classified = Readonly<{ name: ClassifiedName; score: number }>;
/** All intents, best first; the scores sum to 1. */
export type Classifier = (text: string) => readonly Classified[];

/** Words, characters, pairs and ideas of a text, and how it begins, ends and how long it is: short texts are mostly frame. */
export function featuresOf(text: string): Features {
  const { chars, pairs, words, ideas } = tokenize(text);
  return [
    ...chars,
    ...pairs.map((pair) => `pair ${pair}`),
    ...words.map((word) => `word ${word}`),
    ...ideas.map((idea) => `idea ${idea}`),
    `first ${words[0] ?? ''}`,
    `last ${words.at(-1) ?? ''}`,
    `length ${Math.min(8, chars.length >> 1)}`,
  ];
}

/** What is true of any text, understood or not. */
const frame = /^(?:first|last|length) /;

/**
 * Trains the classifier on the examples and on the questions that have an article, one each: their other wordings would outweigh all
 * else. Keep it, for training takes about half a second. Of words it has never seen it says nothing.
 */
export function createClassifier(examples: Examples, answered: readonly Readonly<{ question: string }>[] = []): Classifier {
  const questions = answered.map(({ question }) => ['faq', [question]] as const);
  const learnt: readonly Example<ClassifiedName>[] = [...examples, ...questions].flatMap(([label, texts]) =>
    texts.map((text) => ({ label, features: featuresOf(text) })),
  );
  const predict = train(learnt);
  const seen = new Set(learnt.flatMap(({ features }) => features));
  return (text) => {
    const features = featuresOf(text);
    if (!features.some((feature) => seen.has(feature) && !frame.test(feature))) return [];
    return predict(features).map(({ label, probability }) => ({ name: label, score: probability }));
  };
}
