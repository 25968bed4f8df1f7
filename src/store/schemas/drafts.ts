/** Tickets whose resolution was looked at as an article: it became one, or a person decided against it. */
import { date, defineSchema, text } from './schema';

export const drafts = defineSchema('drafts', { decision: text, by: text, at: date });
