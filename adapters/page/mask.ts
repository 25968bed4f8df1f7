/** Numbers to call, in free text, so far covered that they can be told apart and not be called. Pure. */
import type { Content } from '../../dialogs/vocabulary';

const MOBILE = /(?<!\d)(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)/g;
const LANDLINE = /(?<![\d-])(0\d{2,3})[ -]\d{3,4}(\d{4})(?!\d)/g;

export const maskText = (text: string): string => text.replace(MOBILE, '$1****$2').replace(LANDLINE, '$1-****$2');

/** The same content with everything a person wrote put through `mask`. */
export function maskContent(content: Content, mask: (text: string) => string): Content {
  switch (content.kind) {
    case 'text':
      return { ...content, text: mask(content.text) };
    case 'choice':
      return { ...content, ...(content.label !== undefined && { label: mask(content.label) }) };
    case 'fields':
      return { ...content, values: Object.fromEntries(Object.entries(content.values).map(([name, value]) => [name, mask(value ?? '')])) };
    case 'voice':
      return { ...content, ...(content.transcript !== undefined && { transcript: mask(content.transcript) }) };
    case 'file':
    case 'image':
    case 'location':
    case 'hello':
      return content;
  }
}
