/** Fills what a place decides (fees, hotline, hours) into the text of an answer. */

export type Settings = Readonly<Record<string, string>>;

const PLACEHOLDER = /\{\{\s*([a-zA-Z][\w.-]*)\s*\|([^{}]+)\}\}/g;

/** Replaces every `{{key|text when the setting is absent}}`. An empty setting counts as absent. */
export function fillAnswer(answer: string, settings: Settings): string {
  return answer.replace(PLACEHOLDER, (_whole, key: string, fallback: string) => settings[key]?.trim() || fallback.trim());
}

/**
 * The settings as an English answer takes them: what stands under `key.en`, else the value itself unless it is Chinese, which leaves the
 * answer its own careful wording. Names are names in any language.
 */
export function inEnglish(settings: Settings): Settings {
  const usable = ([key, value]: readonly [string, string]): boolean => /\.(?:name|en)$/.test(key) || !/\p{Script=Han}/u.test(value);
  const told = Object.entries(settings).flatMap(([key, value]) => (key.endsWith('.en') ? [[key.slice(0, -'.en'.length), value]] : []));
  return Object.fromEntries([...Object.entries(settings).filter(usable), ...told]);
}

/** Pieces that look like placeholders but would reach the customer as they stand. */
export function brokenPlaceholders(answer: string): readonly string[] {
  return answer.replace(PLACEHOLDER, '').match(/\{\{[^{}\n]*\}?\}?|\}\}/g) ?? [];
}
