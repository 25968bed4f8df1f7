/** The people who work at the desk. */
import { defineSchema, list, text } from './schema';

export const agents = defineSchema('agents', { name: text, email: String, department: String, roles: list }).index(
  { email: 1 },
  { sparse: true },
);
