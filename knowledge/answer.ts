/** Fills what a place decides (fees, hotline, hours) into the text of an answer. */

export type Settings = Readonly<Record<string, string>>;

const PLACEHOLDER = /\{\{\s*([a-zA-Z][\w.-]*)\s*\|([^{}]+)\}\}/g;

/** Replaces every `{{key|text when the setting is absent}}`. An empty setting counts as absent. */
export function fillAnswer(answer: string, settings: Settings): string {
  return answer.replace(PLACEHOLDER, (_whole, key: string, fallback: string) => settings[key]?.trim() || fallback.trim());
}

/** Pieces that look like placeholders but would reach the customer as they stand. */
export function brokenPlaceholders(answer: string): readonly string[] {
  return answer.replace(PLACEHOLDER, '').match(/\{\{[^{}\n]*\}?\}?|\}\}/g) ?? [];
}
