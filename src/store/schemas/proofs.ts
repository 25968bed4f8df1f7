/** Codes under way by which a person proves that two conversations are theirs: keyed hashes only, one row a conversation. */
import { date, defineSchema, list, nullable, text } from './schema';

export const proofs = defineSchema('proofs', {
  id: text,
  to: text,
  code: text,
  tries: list,
  right: nullable(Number),
  asked: list,
  at: date,
});
