/** Regular expressions: long ones written over several lines so that they can be read, and all places where one fits. */

/** Regular expression source as typed; line breaks and indentation are no part of it. */
export function piece(strings: TemplateStringsArray, ...values: readonly string[]): string {
  return String.raw(strings, ...values).replace(/\s*\n\s*/g, '');
}

/** Every match of a pattern, which must be global. `matchAll` copies the pattern first, and that costs more than most searches here. */
export function matches(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    found.push(match);
    if (match[0] === '') pattern.lastIndex += 1;
  }
  return found;
}
