/** What is learnt does not hang on how many examples there are: each is met once a round, whatever their number. */
import { train } from '../../knowledge/softmax';

test.each([314, 471, 500])('of %i examples every label is learnt, those of few as well', (count) => {
  const examples = Array.from({ length: count }, (_, at) => ({
    label: `label ${Math.floor(at / 10)}`,
    features: [`word ${Math.floor(at / 10)}`],
  }));
  const predict = train(examples);
  for (const { label, features } of examples) expect(predict(features)[0]?.label).toBe(label);
});
