/** The message log, inbox and transcript at once: read by conversation in order, swept by status. */
import { date, defineSchema, Mixed, nullable, text } from './schema';

export const messages = defineSchema('messages', {
  conversation: text,
  direction: text,
  seq: nullable(Number),
  at: date,
  receivedAt: date,
  author: text,
  authorName: String,
  content: Mixed,
  agentEvent: Mixed,
  reply: Mixed,
  status: text,
  by: String,
  outcome: String,
  owner: String,
  attempts: { type: Number, default: 0 },
  trying: Mixed,
  error: String,
  hash: text,
  revises: String,
  request: String,
  locale: String,
  part: Boolean,
  name: String,
})
  .index({ conversation: 1, seq: 1 })
  .index({ status: 1, receivedAt: 1 });
