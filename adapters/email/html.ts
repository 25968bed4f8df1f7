/** An HTML mail as text: what a person would see, without what was only there to run, to hide or to be counted. Pure. */
import { compile, type FormatCallback } from 'html-to-text';

/** Chinese mails are seldom longer than a few thousand characters; what is longer was pasted. */
const HTML_AT_MOST = 512 * 1024;
/** No program nests so deep; the parser's time grows with the square of it. */
const DEPTH_AT_MOST = 400;
const TAG = /<(\/?)([a-z][a-z0-9]*)/gi;
/** Tags that never close, or often do not. */
const UNCLOSED = /^(?:area|base|br|col|dd|dt|hr|img|input|li|link|meta|option|p|source|tbody|td|th|tr|wbr)$/i;

function shallow(html: string): string {
  let depth = 0;
  for (const { 1: closing, 2: name = '', index } of html.matchAll(TAG)) {
    if (UNCLOSED.test(name)) continue;
    depth = Math.max(0, depth + (closing ? -1 : 1));
    if (depth > DEPTH_AT_MOST) return html.slice(0, index);
  }
  return html;
}

const nested = (children: readonly unknown[]): boolean =>
  children.some((one) => {
    if (typeof one !== 'object' || one === null || !('children' in one) || !Array.isArray(one.children)) return false;
    return ('name' in one && one.name === 'table') || nested(one.children);
  });

/** A table of data stays one; a table that only lays out the page is read cell after cell. */
const readable: FormatCallback = (element, walk, builder, options) => {
  const format = nested(element.children ?? []) ? 'block' : 'dataTable';
  builder.options.formatters[format]?.(element, walk, builder, options);
};

const skip = (selector: string) => ({ selector, format: 'skip' });
const convert = compile({
  wordwrap: false,
  limits: { maxInputLength: HTML_AT_MOST, maxDepth: 100, ellipsis: '…' },
  formatters: { readable },
  selectors: [
    ...['img', 'script', 'style', 'title', 'head', 'object', 'svg', 'noscript', '[style*="display:none"]', '[style*="display: none"]'].map(
      skip,
    ),
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'hr', format: 'skip' },
    { selector: 'table', format: 'readable', options: { colSpacing: 2, uppercaseHeaderCells: false, maxColumnWidth: 60 } },
    { selector: 'td', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

export const textOfHtml = (html: string): string =>
  convert(shallow(html.slice(0, HTML_AT_MOST)))
    .replace(/\u00a0/g, ' ')
    .trim();
