/** The classifier on examples kept from it, five times trained. */
import { intentExamples } from '../../knowledge/classify';
import { train } from '../../knowledge/softmax';

test('of examples it has not seen it guesses two thirds right, and five in six within two guesses', () => {
  const examples = intentExamples();
  let first = 0;
  let firstTwo = 0;
  for (let fold = 0; fold < 5; fold += 1) {
    const predict = train(examples.filter((_example, at) => at % 5 !== fold));
    for (const { label, features } of examples.filter((_example, at) => at % 5 === fold)) {
      const guesses = predict(features).map((guess) => guess.label);
      if (guesses[0] === label) first += 1;
      if (guesses.slice(0, 2).includes(label)) firstTwo += 1;
    }
  }
  expect(first / examples.length).toBeGreaterThan(0.65);
  expect(firstTwo / examples.length).toBeGreaterThan(0.83);
});
