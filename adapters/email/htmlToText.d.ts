/** The part of html-to-text that we call; the package brings no types of its own. */
declare module 'html-to-text' {
  type Element = { children?: readonly unknown[] };
  type Builder = { options: { formatters: Record<string, FormatCallback | undefined> } };
  export type FormatCallback = (element: Element, walk: unknown, builder: Builder, options: unknown) => void;
  type Selector = { selector: string; format?: string; options?: Record<string, unknown> };
  type Options = {
    wordwrap: false;
    limits: { maxInputLength: number; maxDepth: number; ellipsis: string };
    formatters: Record<string, FormatCallback>;
    selectors: Selector[];
  };
  export function compile(options: Options): (html: string) => string;
}
