/** What the desk ships with to learn intents from, learnt once for all tests of a file. */
import { join } from 'node:path';
import { createClassifier } from '../../knowledge/classify';
import { loadArticles, loadExamples } from '../../knowledge/load';

export const shippedExamples = loadExamples(join(__dirname, '../../knowledge/examples'));
export const shippedClassifier = Promise.all([shippedExamples, loadArticles(join(__dirname, '../../knowledge/articles'))]).then(
  ([examples, articles]) => createClassifier(examples, articles),
);
