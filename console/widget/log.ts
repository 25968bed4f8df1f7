/** The list of lines: draws what is new, leaves the rest alone, keeps the newest in sight unless the reader has scrolled up. */

import { type Desk, drawItem, drawState } from './bubble';
import type { View } from './chat';
import { dayLabel, dayOf } from './days';
import { button, h, icon } from './dom';
import { type Item, livingOffer } from './thread';

export type Log = Readonly<{ node: HTMLElement; draw(view: View): void; toEnd(): void }>;

/** This close to the end counts as reading along, in pixels. */
const NEAR = 80;

export function createLog(desk: Desk): Log {
  const { copy, locale } = desk;
  const lines = h('div', { class: 'lines', role: 'log', 'aria-live': 'polite', 'aria-label': copy.log, 'aria-busy': 'true' });
  const dots = h(
    'div',
    { class: 'item bot dots', hidden: true, role: 'status', 'aria-label': copy.typing },
    h('div', { class: 'bubble' }, h('i'), h('i'), h('i')),
  );
  const scroller = h('div', { class: 'scroller', tabindex: 0, 'aria-label': copy.log }, lines, dots);
  const below = button({ class: 'below', hidden: true }, () => toEnd(), icon('down'), copy.newBelow);
  const drawn = new Map<string, { item: Item; node: HTMLElement | null }>();
  const days = new Map<string, HTMLElement>();

  const atEnd = (): boolean => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
  function toEnd(): void {
    scroller.scrollTop = scroller.scrollHeight;
    below.hidden = true;
  }
  scroller.addEventListener('scroll', () => {
    if (atEnd()) below.hidden = true;
  });
  // Pictures grow after they were drawn.
  lines.addEventListener('load', () => atEnd() && toEnd(), true);

  /** Own words keep their node when only their delivery or their place in the log became known. */
  const sameLooks = (a: Item, b: Item): boolean =>
    a === b || (a.author === 'customer' && b.author === 'customer' && a.content?.kind !== 'image');

  function nodeOf(item: Item): HTMLElement | null {
    const known = drawn.get(item.key);
    const node = known && sameLooks(known.item, item) ? known.node : drawItem(desk, item);
    drawn.set(item.key, { item, node });
    return node;
  }

  function dayNode(at: number, now: number): HTMLElement {
    const day = dayOf(at);
    const node = days.get(day) ?? h('div', { class: 'day', role: 'separator' });
    const label = dayLabel(at, now, locale, copy);
    if (node.textContent !== label) node.textContent = label;
    days.set(day, node);
    return node;
  }

  function wanted({ thread, online }: View): HTMLElement[] {
    const now = Date.now();
    const lastOwn = [...thread].reverse().find((item) => item.author === 'customer' && item.content?.kind !== 'hello');
    const living = livingOffer(thread);
    let day = '';
    return thread.flatMap((item) => {
      const node = nodeOf(item);
      if (!node) return [];
      drawState(desk, item, node, online, item === lastOwn);
      for (const offer of node.querySelectorAll('fieldset')) offer.disabled = item.key !== living;
      const separator = dayOf(item.at) === day ? [] : [dayNode(item.at, now)];
      day = dayOf(item.at);
      return [...separator, node];
    });
  }

  /** Moves only what is out of place, so that focus and screen readers are not disturbed. */
  function place(nodes: readonly HTMLElement[]): void {
    const keep = new Set<Element>(nodes);
    for (const child of [...lines.children]) if (!keep.has(child)) child.remove();
    nodes.forEach((node, index) => {
      const there = lines.children[index];
      if (there !== node) lines.insertBefore(node, there ?? null);
    });
  }

  let count = 0;
  return {
    node: h('div', { class: 'log' }, scroller, below),
    toEnd,
    draw(view) {
      const follow = atEnd();
      const before = count;
      const nodes = wanted(view);
      place(nodes);
      count = nodes.length;
      dots.hidden = !view.typing;
      lines.setAttribute('aria-busy', String(!view.loaded));
      const ownNew = count > before && view.thread[view.thread.length - 1]?.author === 'customer';
      if (follow || ownNew) toEnd();
      else if (count > before) below.hidden = false;
    },
  };
}
