/** What people wrote without what no screen shows: control characters break logs, cards and XML alike. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u2028\u2029]/g;

export const printable = (text: string): string => text.replace(UNPRINTABLE, '');
