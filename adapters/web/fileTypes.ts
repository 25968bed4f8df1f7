/** The kinds of file a visitor may upload, by stored extension. What a browser could run as a page of ours (SVG, HTML) is not among them. */
const types = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.pdf': 'application/pdf',
} as const;

/** The media type of a stored file; undefined when the extension is none of ours. */
export const typeOf = (extension: string): string | undefined => new Map<string, string>(Object.entries(types)).get(extension);
