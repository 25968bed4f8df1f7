/** What a place decides for itself, one document per topic. */
import { date, defineSchema, Mixed } from './schema';

export const settings = defineSchema('settings', { value: { type: Mixed, default: () => ({}) }, updatedAt: date });
