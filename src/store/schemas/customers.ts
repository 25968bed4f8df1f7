/** What is remembered of a customer; found again by phone number. */
import { date, defineSchema, Mixed } from './schema';

export const customers = defineSchema('customers', {
  person: String,
  role: String,
  name: String,
  slots: { type: Mixed, default: () => ({}) },
  createdAt: date,
  updatedAt: date,
})
  .index({ 'slots.phone.value': 1 }, { sparse: true })
  .index({ 'slots.name.value': 1 }, { sparse: true })
  .index({ person: 1 }, { sparse: true });
