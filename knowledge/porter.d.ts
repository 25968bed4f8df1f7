/** The one stemmer of natural that is used: its index loads those of twenty languages, which takes a second. */
declare module 'natural/lib/natural/stemmers/porter_stemmer' {
  export function stem(word: string): string;
}
