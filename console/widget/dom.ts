/** Builds elements out of data. Text always becomes text nodes, so nothing a person wrote can become markup. */

type Child = Node | string | null | undefined | false;
type Props = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Attributes by name; true writes an empty attribute; false, null and undefined leave it out. */
function setProps(element: Element, props: Props): void {
  for (const [name, value] of Object.entries(props)) {
    if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? '' : String(value));
  }
}

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setProps(element, props);
  element.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return element;
}

export function button(props: Props, press: () => void, ...children: readonly Child[]): HTMLButtonElement {
  const element = h('button', { type: 'button', ...props }, ...children);
  element.addEventListener('click', press);
  return element;
}

const shapes = {
  bridge: 'M3 17h18M5 17v-5m14 5v-5M3 12c3.5 0 6-2.2 9-5 3 2.8 5.5 5 9 5M9 17v-7m6 7v-7M12 17V7',
  close: 'M6 6l12 12M18 6 6 18',
  send: 'M4 12 20 4l-5 16-3.5-6.5zM11.5 13.5 20 4',
  attach: 'M4 5h16v14H4zM4 16l4.5-4.5 3.5 3.5 3-3 5 5M15.5 9.5h.01',
  down: 'M12 5v14m-6-6 6 6 6-6',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
} as const;

/** A line drawing; always decoration beside a label. */
export function icon(name: keyof typeof shapes): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  setProps(svg, { viewBox: '0 0 24 24', 'aria-hidden': 'true', class: 'icon' });
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', shapes[name]);
  svg.append(path);
  return svg;
}
