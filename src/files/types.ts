/** The kinds of file that are kept, by stored extension. What a browser could run as a page of ours (SVG, HTML) is not among them. */

const MB = 1024 * 1024;
/** A picture off a phone, a voice message of a minute or two, a clip as messengers shrink it, a document of a school office. */
const PICTURE = 20 * MB;
const VOICE = 10 * MB;
const VIDEO = 40 * MB;
const DOCUMENT = 20 * MB;

type Kind = Readonly<{ type: string; maxBytes: number }>;

const kinds = {
  png: { type: 'image/png', maxBytes: PICTURE },
  jpg: { type: 'image/jpeg', maxBytes: PICTURE },
  webp: { type: 'image/webp', maxBytes: PICTURE },
  gif: { type: 'image/gif', maxBytes: PICTURE },
  heic: { type: 'image/heic', maxBytes: PICTURE },
  amr: { type: 'audio/amr', maxBytes: VOICE },
  silk: { type: 'audio/silk', maxBytes: VOICE },
  mp3: { type: 'audio/mpeg', maxBytes: VOICE },
  m4a: { type: 'audio/mp4', maxBytes: VOICE },
  aac: { type: 'audio/aac', maxBytes: VOICE },
  wav: { type: 'audio/wav', maxBytes: VOICE },
  ogg: { type: 'audio/ogg', maxBytes: VOICE },
  mp4: { type: 'video/mp4', maxBytes: VIDEO },
  mov: { type: 'video/quicktime', maxBytes: VIDEO },
  '3gp': { type: 'video/3gpp', maxBytes: VIDEO },
  pdf: { type: 'application/pdf', maxBytes: DOCUMENT },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', maxBytes: DOCUMENT },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', maxBytes: DOCUMENT },
  pptx: { type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation', maxBytes: DOCUMENT },
} as const satisfies Record<string, Kind>;

const known = new Map<string, Kind>(Object.entries(kinds));

export const FILE_TYPES: readonly string[] = Object.values(kinds).map(({ type }) => type);
export const MAX_FILE_BYTES = Math.max(...Object.values(kinds).map(({ maxBytes }) => maxBytes));

/** `<sha-256>.<extension>`: the only names that ever reach the file system. */
export const STORED_NAME = new RegExp(`^[0-9a-f]{64}\\.(${Object.keys(kinds).join('|')})$`);

/** The media type of an extension and the most that is kept of it; undefined when it is none of ours. */
export const kindOfExtension = (extension: string): Kind | undefined => known.get(extension);
export const typeOf = (extension: string): string | undefined => known.get(extension)?.type;
