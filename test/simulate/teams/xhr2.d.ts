/** The browser's XMLHttpRequest for Node, so far as it is used here: handed on whole. */
declare module 'xhr2' {
  export const XMLHttpRequest: unknown;
}
