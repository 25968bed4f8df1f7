/** Keeps the last answer of a pure reading: within one turn the same message is read again and again. */

/** Arguments are compared one by one as they are; an answer is shared by all who ask, so nobody may change it. */
export function keepsLast<Args extends readonly unknown[], Answer>(read: (...args: Args) => Answer): (...args: Args) => Answer {
  let last: Readonly<{ args: Args; answer: Answer }> | undefined;
  return (...args) => {
    if (last && last.args.length === args.length && last.args.every((arg, index) => arg === args[index])) return last.answer;
    last = { args, answer: read(...args) };
    return last.answer;
  };
}
