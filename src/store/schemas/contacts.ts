/** People known from a platform's directory before they wrote; `source` is the directory they stand in. */
import { date, defineSchema, list, mixed, text } from './schema';

export const contacts = defineSchema('contacts', {
  source: text,
  role: text,
  slots: mixed,
  children: list,
  hash: text,
  updatedAt: date,
})
  .index({ source: 1 })
  .index({ 'slots.phone.value': 1 }, { sparse: true })
  .index({ 'slots.name.value': 1 }, { sparse: true });
