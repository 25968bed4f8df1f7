/** Block Kit as elements: what cards, whispers, the home tab and forms are made of. */
import { button, h } from '../../../console/widget/dom.js';
import type { Block, Element, Words } from '../wire.js';
import { mrkdwn, type Names } from './mrkdwn.js';

export type Press = (action: string, value: string) => void;

function words(text: Words | string | undefined, names: Names): Node {
  if (text === undefined || typeof text === 'string') return document.createTextNode(text ?? '');
  return text.type === 'mrkdwn' ? mrkdwn(text.text, names) : document.createTextNode(text.text);
}

const none: Names = new Map();

export function select(element: Element): HTMLSelectElement {
  const option = ({ text, value }: NonNullable<Element['options']>[number]) => h('option', { value }, text.text);
  return h(
    'select',
    {},
    h('option', { value: '' }, element.placeholder?.text ?? '请选择'),
    ...(element.options ?? []).map(option),
    ...(element.option_groups ?? []).map(({ label, options }) => h('optgroup', { label: label.text }, ...options.map(option))),
  );
}

function control(element: Element, press: Press, names: Names): Node {
  const { type, action_id: action = '', value = '', style } = element;
  if (type === 'button') return button({ class: `press ${style ?? ''}` }, () => press(action, value), words(element.text, none));
  if (type === 'overflow') {
    const menu = h('details', { class: 'more' }, h('summary', { 'aria-label': '更多操作' }, '⋯'));
    const choose = (chosen: string): void => {
      menu.open = false;
      press(action, chosen);
    };
    const options = (element.options ?? []).map((one) => button({ class: 'choice' }, () => choose(one.value), one.text.text));
    menu.append(h('div', { class: 'menu' }, ...options));
    return menu;
  }
  if (type === 'static_select') {
    const choice = select(element);
    choice.addEventListener('change', () => choice.value && press(action, choice.value));
    return choice;
  }
  return words(element as Words, names);
}

export function block(given: Block, press: Press, names: Names): Node {
  const elements = (given.elements ?? []).map((element) => control(element, press, names));
  switch (given.type) {
    case 'header':
      return h('h3', {}, words(given.text, names));
    case 'section':
      return h(
        'div',
        { class: 'section' },
        h(
          'div',
          { class: 'said' },
          given.text && words(given.text, names),
          given.fields && h('div', { class: 'fields' }, ...given.fields.map((field) => words(field, names))),
        ),
        given.accessory && control(given.accessory, press, names),
      );
    case 'context':
      return h('div', { class: 'context' }, ...elements);
    case 'actions':
      return h('div', { class: 'actions' }, ...elements);
    case 'divider':
      return h('hr');
    default:
      return h('p', { class: 'context' }, `[${given.type}]`);
  }
}
