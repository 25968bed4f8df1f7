/** One script tag is enough: defines the element and, unless the page placed one itself, adds it. */
import { QiaoChat, scriptOptions } from './element';

const NAME = 'qiao-chat';
/** `data-…` attributes of the script tag that become the element's. */
const passed = ['account', 'server', 'lang', 'heading', 'open'] as const;

function place(): void {
  if (document.querySelector(NAME)) return;
  const element = document.createElement(NAME);
  for (const name of passed) {
    const value = scriptOptions[name];
    if (value !== undefined) element.setAttribute(name, value);
  }
  document.body.append(element);
}

// Two script tags on a page are one widget.
if (!customElements.get(NAME)) {
  customElements.define(NAME, QiaoChat);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', place);
  else place();
}
