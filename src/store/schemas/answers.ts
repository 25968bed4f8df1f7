/** Every answer given from an article and whether it helped. */
import { date, defineSchema, text } from './schema';

export const answers = defineSchema('answers', {
  article: text,
  version: String,
  question: String,
  helpful: { type: Boolean, default: null },
  conversation: text,
  at: date,
})
  .index({ at: 1 })
  .index({ article: 1, at: 1 });
