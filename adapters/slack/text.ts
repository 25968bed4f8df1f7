/** Words in Slack's own notation. Pure. */

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** What people wrote, so that it can neither page a channel nor pretend to be a link. */
export const plain = (text: string): string => text.replace(/[&<>]/g, (sign) => signs[sign] ?? sign);

/**
 * What agents wrote in Slack, as customers read it: links and mentions by their words, signs as themselves. Slack writes a sign of theirs
 * as &lt;, so none stands inside a mark: else the whole rest would be looked through from each of many that never end.
 */
export function spoken(text: string): string {
  return text
    .replace(/<(?:[@#!][^<>|]*)\|([^<>]*)>/g, '$1')
    .replace(/<(?:mailto:|tel:)[^<>|]*\|([^<>]*)>/g, '$1')
    .replace(/<(https?:[^<>|]*)(?:\|([^<>]*))?>/g, (_, url: string, label?: string) =>
      !label || url.includes(label) ? url : `${label} ${url}`,
    )
    .replace(/<(?:[@#!])[^<>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

/** A customer's further lines are quoted: none can pass for a line of the desk. */
export const quoted = (text: string): string => text.replace(/\r?\n|\r/g, '\n> ');
