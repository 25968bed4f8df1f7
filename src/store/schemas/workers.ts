/** The processes that work on this store: each says again and again that it lives. */
import { date, defineSchema } from './schema';

export const workers = defineSchema('workers', { beat: { type: Number, default: 0 }, at: date });
