/** The retriever over articles: as any other, but calibrated on what people ask a desk like ours. */
import { fillAnswer } from './answer';
import type { Article } from './article';
import { DESK_BASE, DESK_THRESHOLDS } from './confidence';
import { createRetriever, type Entry, type Retriever, type RetrieverOptions } from './retriever';

/** What an article is found by. */
export const entryOf = ({ id, question, variants, answer }: Article): Entry => ({
  id,
  question,
  similar: variants,
  answer: fillAnswer(answer, {}),
});

/** Finds articles by what a customer asks; every option may be given otherwise. */
export const createDeskRetriever = (articles: readonly Article[], options: RetrieverOptions = {}): Retriever =>
  createRetriever(articles.map(entryOf), { thresholds: DESK_THRESHOLDS, calibration: DESK_BASE, ...options });
