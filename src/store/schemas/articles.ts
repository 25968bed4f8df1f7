/** Articles people of the desk published beside those that come with the program, each as the text of its file. */
import { date, defineSchema, text } from './schema';

export const articles = defineSchema('articles', { text, by: text, at: date });
