/** Which conversations were taken for one person's, by whom, and whether that was taken back. */
import { date, defineSchema, list, Mixed, mixed, nullable } from './schema';

export const merges = defineSchema('merges', { before: list, by: mixed, at: date, undone: nullable(Mixed), open: Boolean }).index({
  at: 1,
});
