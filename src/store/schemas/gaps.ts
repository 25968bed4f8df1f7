/** Questions the knowledge base failed on, newest looked at first. */
import { date, defineSchema, Mixed, text } from './schema';

export const gaps = defineSchema('gaps', {
  question: text,
  reason: text,
  article: String,
  role: String,
  topic: String,
  offered: Mixed,
  conversation: text,
  at: date,
})
  .index({ at: 1 })
  .index({ article: 1 }, { sparse: true });
