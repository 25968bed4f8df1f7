/** Timers as rows: claimed by lease when `at` has come. */
import { defineSchema, Mixed, nullable, number, text } from './schema';

export const timers = defineSchema('timers', {
  conversation: text,
  timer: text,
  at: number,
  lease: nullable(Mixed),
})
  .index({ at: 1 })
  .index({ conversation: 1, timer: 1 });
