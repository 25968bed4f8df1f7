/** The people who work at the desk. */
import { defineSchema, list, text } from './schema';

export const agents = defineSchema('agents', {
  name: text,
  email: String,
  slack: String,
  department: String,
  roles: list,
  token: String,
  tokenAt: Date,
})
  .index({ email: 1 }, { sparse: true })
  .index({ slack: 1 }, { sparse: true })
  .index({ token: 1 }, { sparse: true });
