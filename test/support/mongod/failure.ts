/** What the server answers instead of a result, in MongoDB's own numbers. */
export class CommandError extends Error {
  readonly details: Readonly<Record<string, unknown>>;
  constructor(code: number, codeName: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.details = { code, codeName, errmsg: message, ...details };
  }
}

export function duplicateKey(collection: string, index: string, keyPattern: object, keyValue: object): CommandError {
  const message = `E11000 duplicate key error collection: ${collection} index: ${index} dup key: ${JSON.stringify(keyValue)}`;
  return new CommandError(11000, 'DuplicateKey', message, { keyPattern, keyValue });
}
