/** What is remembered over restarts: `<channel>:<key>` of channels, `desk-session:<id>`, `code-sent:<conversation>`. */
import { date, defineSchema, mixed, number } from './schema';

export const notes = defineSchema('notes', { version: number, value: mixed, updatedAt: date });
