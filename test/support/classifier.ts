/** What the desk ships with to learn intents from, learnt once for all tests of a file. */
import { join } from 'node:path';
import { createClassifier } from '../../knowledge/classify';
import { loadExamples } from '../../knowledge/load';

export const shippedExamples = loadExamples(join(__dirname, '../../knowledge/examples'));
export const shippedClassifier = shippedExamples.then(createClassifier);
