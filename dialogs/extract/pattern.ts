/** Long regular expressions, written over several lines so that they can be read. */

/** Regular expression source as typed; line breaks and indentation are no part of it. */
export function piece(strings: TemplateStringsArray, ...values: readonly string[]): string {
  return String.raw(strings, ...values).replace(/\s*\n\s*/g, '');
}
