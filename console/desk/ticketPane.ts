/** The right side: one ticket, what is known of it, what may be done, what was said, and where to write. */
import type { TicketCard } from '../../adapters/desk';
import type { Elsewhere, TicketView } from '../../adapters/page/wire';
import { budgetWords, channelWords, statusWords } from '../../adapters/words';
import type { ChannelName } from '../../dialogs/vocabulary';
import { button, h } from '../widget/dom';
import { type ActDeps, actionsOf, claim } from './actions';
import { type Answer, clickId } from './api';
import { type Composer, createComposer } from './composer';
import { clock, dueOf } from './due';
import { marksOf } from './marks';
import type { Preferences } from './preferences';
import { createThreadView } from './threadView';

export type TicketPane = Readonly<{
  element: HTMLElement;
  draw(view: TicketView | null, now: number): void;
  composer: Composer;
}>;
type Deps = ActDeps &
  Readonly<{
    preferences: Preferences;
    back(): void;
    open(number: string): void;
    reveal(number: string): Promise<Answer<Readonly<{ phone: string }>>>;
    say(text: string): void;
  }>;

/** Who has the ticket; an agent who gave the chat back has it, but not the word. */
function handlerWords({ assignee, holder, acts }: TicketCard): string {
  if (!assignee) return '待认领';
  return holder === 'bot' && acts.includes('claim') ? `${assignee.name}（对话已退回机器人）` : assignee.name;
}

export function createTicketPane(deps: Deps): TicketPane {
  /** Numbers shown in full, until another ticket is opened. */
  let revealed: Readonly<{ number: string; phone: string }> | null = null;
  let drawn = '';
  let known = matchMedia('(min-width: 761px)').matches;
  let current: TicketCard | null = null;
  let elsewhere: Elsewhere | undefined;
  const composer = createComposer({
    preferences: deps.preferences,
    send: deps.send,
    claim: (card) => claim(card, deps),
    phrases: () => deps.people().phrases.replies,
  });
  const thread = createThreadView({
    resend(text) {
      if (!current) return;
      deps.preferences.keep(current.number, 'reply', text);
      composer.take('reply');
    },
    mayUndo: ({ agent }) => deps.me.supervisor || agent === deps.me.id,
    undo(merge) {
      if (current) deps.simply(current.number, { kind: 'unmerge', merge, id: clickId() });
    },
  });
  const head = h('header', { class: 'head' });
  const nothing = h('p', { class: 'empty' }, '从左边选一条工单，就能看到对话和处理记录。');
  const ticket = h('div', { class: 'ticket', hidden: true }, head, thread.element, composer.element);
  const element = h('main', { class: 'pane' }, nothing, ticket);

  async function look(card: TicketCard): Promise<void> {
    const answer = await deps.reveal(card.number);
    if (!answer.ok) return deps.say(answer.message);
    revealed = { number: card.number, phone: answer.value.phone };
    drawn = '';
    if (current?.number === card.number) drawHead(current, Date.now());
  }

  function drawHead(card: TicketCard, now: number): void {
    const due = dueOf(card, now);
    const actions = actionsOf(card, deps);
    const said = JSON.stringify([card, elsewhere, due, actions.map(({ label }) => label), revealed?.number === card.number]);
    if (said === drawn) return;
    drawn = said;
    const focused =
      document.activeElement instanceof HTMLElement && head.contains(document.activeElement)
        ? document.activeElement.dataset.key
        : undefined;
    head.replaceChildren(
      h(
        'div',
        { class: 'title' },
        button({ class: 'back', 'data-key': 'back', 'aria-label': '返回列表' }, deps.back, '←'),
        h('h2', {}, card.title, ' ', h('span', { class: 'number' }, card.number)),
        h('span', { class: `due ${due.mood}` }, due.text),
      ),
      h('p', { class: 'marks' }, h('span', { class: 'mark status' }, statusWords[card.status]), ...marksOf(card, now)),
      folded(card, now),
      h(
        'div',
        { class: 'actions', role: 'group', 'aria-label': '操作' },
        ...actions.map(({ label, main, run }) => button({ class: main ? 'primary' : '', 'data-key': label }, run, label)),
      ),
    );
    if (focused) head.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
  }

  /** On a phone what is known is folded away, so that the talk has room; whoever opens it keeps it open. */
  function folded(card: TicketCard, now: number): HTMLElement {
    const details = h('details', { open: known }, h('summary', { 'data-key': 'facts' }, '工单资料'), facts(card, now));
    details.addEventListener('toggle', () => {
      known = details.open;
    });
    return details;
  }

  function facts(card: TicketCard, now: number): HTMLElement {
    const fact = (label: string, ...value: (Node | string)[]): HTMLElement => h('div', {}, h('dt', {}, label), h('dd', {}, ...value));
    return h(
      'dl',
      { class: 'facts' },
      ...withPhone(card).map(({ name, label, value }) => {
        if (name !== 'phone') return fact(label, value);
        if (revealed?.number === card.number) return fact(label, revealed.phone);
        return fact(
          label,
          `${value} `,
          button({ class: 'small', 'data-key': 'reveal' }, () => void look(card), '查看'),
        );
      }),
      fact('处理人', handlerWords(card)),
      ...(card.firstOwner ? [fact('首问责任人', card.firstOwner.name)] : []),
      fact('部门', card.department),
      fact('渠道', channelWords[card.channel as ChannelName] ?? card.channel),
      ...(elsewhere ? [fact('同一客户', ...otherMatters(elsewhere, deps.open))] : []),
      ...(card.budget === undefined
        ? []
        : [fact('发送额度', budgetWords(card.budget, card.budget === null ? '' : clock(card.budget.until, now)))]),
      fact('时限', clock(card.dueAt, now)),
      ...(card.result !== undefined ? [fact('处理结果', card.result)] : []),
      ...(card.cause !== undefined ? [fact('原因', card.cause)] : []),
      ...(card.rating !== undefined ? [fact('客户评价', `${card.rating} 分`)] : []),
    );
  }

  return {
    element,
    composer,
    draw(view, now) {
      nothing.hidden = view !== null;
      ticket.hidden = view === null;
      if (view?.card.number !== current?.number) {
        revealed = null;
        drawn = '';
      }
      current = view?.card ?? null;
      elsewhere = view?.elsewhere;
      if (!view) return;
      drawHead(view.card, now);
      thread.draw(view.card.number, view.thread, now);
      composer.draw(view.card, deps.me);
    },
  };
}

/** Where else the same person writes from, and their other tickets, each of which opens. */
function otherMatters({ channels, tickets, total }: Elsewhere, open: (number: string) => void): readonly (Node | string)[] {
  const where = channels.map((one) => channelWords[one]).join('、');
  const numbers = tickets.map(({ number, status }) =>
    button({ class: 'small', 'data-key': number }, () => open(number), `${number} ${statusWords[status]}`),
  );
  return [where, ...numbers.flatMap((one) => [' ', one]), ...(total > tickets.length ? [` 共 ${total} 张`] : [])];
}

/** A number may be told in the talk alone: then there is something to look at all the same. */
const withPhone = ({ fields }: TicketCard): TicketCard['fields'] =>
  fields.some(({ name }) => name === 'phone') ? fields : [...fields, { name: 'phone', label: '手机号码', value: '未登记' }];
