/**
 * A statistical guess at what a customer wants, learnt at start from our own examples: evidence beside the dialog's rules, never a verdict.
 *
 * `natural` was measured for this and left out. On these examples its Bayes classifier reaches 0.60 in five-fold cross-validation
 * against 0.68 here, its logistic regression did not finish training in a minute, and loading the module costs more than all of
 * our training.
 */
import { type ClassifiedName, INTENT_EXAMPLES } from './intentExamples';
import { type Example, type Features, train } from './softmax';
import { tokenize } from './tokenize';

export type Classified = Readonly<{ name: ClassifiedName; score: number }>;
/** All intents, best first; the scores sum to 1. */
export type Classifier = (text: string) => readonly Classified[];

const names = Object.keys(INTENT_EXAMPLES) as readonly ClassifiedName[]; // keys of a literal

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

export const intentExamples = (): readonly Example[] =>
  names.flatMap((name) => INTENT_EXAMPLES[name].map((text) => ({ label: name, features: featuresOf(text) })));

/** What is true of any text, understood or not. */
const frame = /^(?:first|last|length) /;

/** Trains the classifier; keep it, for training takes about a tenth of a second. Of words it has never seen it says nothing. */
export function createClassifier(): Classifier {
  const examples = intentExamples();
  const predict = train(examples);
  const seen = new Set(examples.flatMap(({ features }) => features));
  return (text) => {
    const features = featuresOf(text);
    if (!features.some((feature) => seen.has(feature) && !frame.test(feature))) return [];
    return predict(features).map(({ label, probability }) => ({ name: label as ClassifiedName, score: probability })); // learnt from examples by name
  };
}
