/** The one way a collection's Schema is made: our own string ids, nothing minimised away, unknown fields refused. */
import { Schema, type SchemaDefinition } from 'mongoose';

/** Unions and nested objects are Mixed: they are typed in the domain and parsed on read by the domain's own schema. */
export const Mixed = Schema.Types.Mixed;

/** `name` is the collection's name in the database. */
export function defineSchema(name: string, fields: SchemaDefinition): Schema {
  return new Schema(
    { _id: { type: String, required: true }, ...fields },
    { collection: name, minimize: false, strict: 'throw', versionKey: false, autoCreate: true },
  );
}

export const text = { type: String, required: true } as const;
export const number = { type: Number, required: true } as const;
export const date = { type: Date, required: true } as const;
export const mixed = { type: Mixed, required: true } as const;
/** A list of strings or of objects typed in the domain; missing means empty. */
export const list = { type: [Mixed], default: () => [] };
/** Nothing yet: null rather than missing, so that a query for "nobody" is one equality. */
export const nullable = (type: typeof String | typeof Number | typeof Mixed) => ({ type, default: null });
