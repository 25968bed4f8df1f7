/** The classifier on examples kept from it, five times trained. */
import { createClassifier, INTENTS } from '../../knowledge/classify';
import { shippedExamples } from '../support/classifier';

const FOLDS = 5;

test('of examples it has not seen it guesses five in six right, and nineteen in twenty within two guesses', async () => {
  const examples = await shippedExamples;
  let all = 0;
  let first = 0;
  let firstTwo = 0;
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const part = (kept: boolean) =>
      new Map(INTENTS.map((name) => [name, (examples.get(name) ?? []).filter((_text, at) => (at % FOLDS === fold) === kept)]));
    const classify = createClassifier(part(false));
    for (const [name, texts] of part(true))
      for (const text of texts) {
        const guesses = classify(text).map((guess) => guess.name);
        all += 1;
        if (guesses[0] === name) first += 1;
        if (guesses.slice(0, 2).includes(name)) firstTwo += 1;
      }
  }
  expect(first / all).toBeGreaterThan(0.82);
  expect(firstTwo / all).toBeGreaterThan(0.92);
});
