/** Wordings people of the desk taught an article. */
import { date, defineSchema, text } from './schema';

export const variants = defineSchema('variants', { article: text, text, by: text, at: date }).index({ article: 1 });
