/** Counters behind numbers people read, one document each. */
import { defineSchema } from './schema';

export const counters = defineSchema('counters', { value: { type: Number, default: 0 } });
