/** The directory of schools, with the names people use for them. */
import { defineSchema, list, text } from './schema';

export const schools = defineSchema('schools', { name: text, aliases: list, region: String }).index({ name: 1 });
