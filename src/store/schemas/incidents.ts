/** Known outages, looked up by when they hold. */
import { date, defineSchema, text } from './schema';

export const incidents = defineSchema('incidents', {
  title: text,
  message: text,
  school: String,
  from: date,
  to: Date,
}).index({ from: 1 });
