/** What channels remember over restarts: `<channel>:<key>`. */
import { date, defineSchema, mixed, number } from './schema';

export const notes = defineSchema('notes', { version: number, value: mixed, updatedAt: date });
