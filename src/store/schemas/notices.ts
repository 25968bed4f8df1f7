/** What desks are told besides tickets: pages for supervisors, warnings of the queue, the day's figures. */
import { date, defineSchema, list, mixed, number } from './schema';

export const notices = defineSchema('notices', {
  notice: mixed,
  told: list,
  open: Boolean,
  tries: number,
  notBefore: number,
  at: date,
  conversation: String,
  flag: String,
  ticket: String,
})
  .index({ open: 1, notBefore: 1 })
  .index({ conversation: 1 }, { sparse: true })
  .index({ at: 1 });
