/** The left side: what waits for somebody, what is mine, and what was looked for. */
import type { TicketCard } from '../../adapters/desk';
import type { Lists } from '../../adapters/page/wire';
import { statusWords } from '../../adapters/words';
import { button, h } from '../widget/dom';
import { dueOf } from './due';
import { fieldOf, marksOf } from './marks';

export type Tab = 'queue' | 'mine' | 'found';
export type ListModel = Readonly<{
  lists: Lists | null;
  tab: Tab;
  found: Readonly<{ text: string; tickets: readonly TicketCard[] }> | null;
  open: string | null;
  unread: ReadonlySet<string>;
  department: string;
  departments: readonly string[];
  now: number;
}>;
export type ListPane = Readonly<{ element: HTMLElement; draw(model: ListModel): void; search(): void; focus(number: string): void }>;
type Deps = Readonly<{
  choose(number: string): void;
  tab(tab: Tab): void;
  filter(department: string): void;
  find(text: string): void;
}>;

/** The server gives no more at once. */
const AT_MOST = 50;
export const cardsOf = ({ lists, tab, found }: Pick<ListModel, 'lists' | 'tab' | 'found'>): readonly TicketCard[] =>
  tab === 'found' ? (found?.tickets ?? []) : (lists?.[tab] ?? []);

const count = (cards: readonly TicketCard[]): string => (cards.length >= AT_MOST ? `${AT_MOST}+` : String(cards.length));

export function createListPane(deps: Deps): ListPane {
  const input = h('input', {
    type: 'search',
    'aria-label': '查找工单',
    placeholder: '编号、电话、学校或姓名',
    enterkeyhint: 'search',
    autocomplete: 'off',
  });
  const search = h('form', { class: 'search', role: 'search' }, input, h('button', { type: 'submit' }, '查找'));
  search.addEventListener('submit', (event) => {
    event.preventDefault();
    if (input.value.trim() !== '') deps.find(input.value.trim());
  });
  const tabs = {
    queue: button({ class: 'tab' }, () => deps.tab('queue')),
    mine: button({ class: 'tab' }, () => deps.tab('mine')),
    found: button({ class: 'tab' }, () => deps.tab('found')),
  };
  const select = h('select', { 'aria-label': '按部门筛选' });
  select.addEventListener('change', () => deps.filter(select.value));
  const filter = h('div', { class: 'filter' }, select);
  const list = h('ul', { class: 'cards' });
  const empty = h('p', { class: 'empty' });
  const element = h(
    'nav',
    { class: 'lists', 'aria-label': '工单列表' },
    search,
    h('div', { class: 'tabs', role: 'group', 'aria-label': '列表' }, tabs.queue, tabs.mine, tabs.found),
    filter,
    h('div', { class: 'scroll' }, list, empty),
  );
  const buttons = new Map<string, Readonly<{ item: HTMLElement; said: string }>>();

  function item(card: TicketCard, model: ListModel): HTMLElement {
    const due = dueOf(card, model.now);
    const unread = model.unread.has(card.number);
    const said = JSON.stringify([card, due, unread, model.open === card.number]);
    const known = buttons.get(card.number);
    if (known?.said === said) return known.item;
    const who = [card.customerName, fieldOf(card, 'school')].filter(Boolean).join(' · ') || '未留姓名';
    const drawn = h(
      'li',
      {},
      button(
        { class: 'card', 'aria-current': model.open === card.number ? 'true' : undefined, 'data-number': card.number },
        () => deps.choose(card.number),
        h(
          'span',
          { class: 'top' },
          unread && h('span', { class: 'dot', role: 'img', 'aria-label': '有新消息' }),
          h('span', { class: 'name' }, who),
          h('span', { class: `due ${due.mood}` }, due.text),
        ),
        h('span', { class: 'issue' }, fieldOf(card, 'issue') ?? card.title),
        h('span', { class: 'marks' }, ...marksOf(card, model.now)),
        h('span', { class: 'small' }, [card.number, card.department, card.assignee?.name ?? statusWords[card.status]].join(' · ')),
      ),
    );
    const focused = known?.item.contains(document.activeElement) === true;
    buttons.set(card.number, { item: drawn, said });
    if (focused) queueMicrotask(() => drawn.querySelector('button')?.focus());
    return drawn;
  }

  return {
    element,
    search() {
      input.focus();
      input.select();
    },
    focus(number) {
      const target = buttons.get(number)?.item.querySelector('button');
      target?.focus();
      target?.scrollIntoView({ block: 'nearest' });
    },
    draw(model) {
      const { lists, tab, found } = model;
      tabs.queue.textContent = `待认领 ${lists ? count(lists.queue) : ''}`;
      tabs.mine.textContent = `我的工单 ${lists ? count(lists.mine) : ''}`;
      tabs.found.textContent = `查找结果 ${found ? count(found.tickets) : ''}`;
      tabs.found.hidden = found === null;
      for (const name of ['queue', 'mine', 'found'] as const) tabs[name].setAttribute('aria-pressed', String(tab === name));
      filter.hidden = tab !== 'queue';
      const options = ['', ...model.departments];
      if (select.options.length !== options.length) {
        select.replaceChildren(...options.map((name) => h('option', { value: name }, name === '' ? '全部部门' : name)));
      }
      select.value = model.department;
      const cards = cardsOf(model);
      const items = cards.map((card) => item(card, model));
      for (const old of [...list.children]) if (!items.includes(old as HTMLElement)) old.remove(); // only our own items are in it
      for (const [index, one] of items.entries()) if (list.children[index] !== one) list.insertBefore(one, list.children[index] ?? null);
      for (const number of buttons.keys()) if (!cards.some((card) => card.number === number)) buttons.delete(number);
      empty.hidden = cards.length > 0;
      empty.textContent = emptyWords(model);
    },
  };
}

function emptyWords({ lists, tab, found, department }: ListModel): string {
  if (tab === 'found') return `没有找到「${found?.text ?? ''}」。请用完整的工单编号、电话、学校名称或姓名查找。`;
  if (!lists) return '正在读取工单…';
  if (tab === 'mine') return '您手上没有工单。可以到「待认领」认领一条。';
  return department === '' ? '没有等待认领的工单，新的工单会自动出现在这里。' : `${department}没有等待认领的工单。`;
}
