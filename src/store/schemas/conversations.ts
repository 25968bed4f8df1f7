/** Conversations: found by what is due in the outbox or on the clock, and by who holds them. */
import { date, defineSchema, list, Mixed, mixed, nullable, number, text } from './schema';

export const conversations = defineSchema('conversations', {
  schema: number,
  version: number,
  address: mixed,
  locale: text,
  state: mixed,
  holder: mixed,
  seq: { type: Number, default: 0 },
  seen: list,
  outbox: list,
  outboxAt: nullable(Number),
  lease: nullable(Mixed),
  flags: list,
  wakes: { type: Mixed, default: () => ({}) },
  wakeAt: nullable(Number),
  createdAt: date,
  updatedAt: date,
})
  .index({ outboxAt: 1 })
  .index({ wakeAt: 1 })
  .index({ 'holder.kind': 1, updatedAt: 1 })
  .index({ updatedAt: 1 });
