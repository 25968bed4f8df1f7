/** The kinds of file that are kept, by stored extension. What a browser could run as a page of ours (SVG, HTML) is not among them. */
const types = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
} as const;

const known = new Map<string, string>(Object.entries(types));

export const FILE_TYPES: readonly string[] = Object.values(types);

/** `<sha-256>.<extension>`: the only names that ever reach the file system. */
export const STORED_NAME = new RegExp(`^[0-9a-f]{64}\\.(${Object.keys(types).join('|')})$`);

/** The media type of an extension; undefined when it is none of ours. */
export const typeOf = (extension: string): string | undefined => known.get(extension);
