/** The desk of one signed-in agent: holds what is shown, asks the server anew whenever something changed. */
import type { TicketCard } from '../../adapters/desk';
import type { Lists, PageAct, People, SignedIn, TicketView } from '../../adapters/page/wire';
import { button, h } from '../widget/dom';
import { type ActDeps, claim } from './actions';
import { createAlerts } from './alerts';
import type { Answer, Api, Wrong } from './api';
import { showHelp } from './help';
import { listenToKeys } from './keys';
import { cardsOf, createListPane, type Tab } from './listPane';
import { isUrgent, place } from './lists';
import { openLive } from './live';
import { createNews } from './news';
import { createPreferences } from './preferences';
import { ringingWords } from './ringing';
import { createTicketPane } from './ticketPane';
import { createToasts } from './toasts';

/** What no event tells: clocks that run on, and what the bot says meanwhile. */
const REFRESH_MS = 15_000;

/** Returns what takes it down. */
export function openWorkplace(root: HTMLElement, api: Api, who: SignedIn, leave: (because: string) => void): () => void {
  const me = who.agent;
  const skew = who.now - Date.now();
  const now = (): number => Date.now() + skew;
  const preferences = createPreferences();
  const alerts = createAlerts(preferences);
  const toasts = createToasts();
  const news = createNews(preferences, now);

  let lists: Lists | null = null;
  let people: People = { departments: [], agents: [], phrases: { replies: [], results: [] } };
  let tab: Tab = 'queue';
  let department = '';
  let found: Readonly<{ text: string; tickets: readonly TicketCard[] }> | null = null;
  let open: string | null = null;
  let view: TicketView | null = null;
  let unread: ReadonlySet<string> = new Set();

  async function send(ticket: string, act: PageAct): Promise<Wrong | null> {
    const answer = await api.act(ticket, act);
    if (answer.ok && !answer.value.done) toasts.say('操作已收到，正在处理，稍后会显示结果。');
    if (answer.ok && act.kind === 'claim') tab = 'mine';
    // What it became is known only by looking, also after a refusal: somebody else was faster.
    await Promise.all([readTicket(), readLists()]);
    return answer.ok ? null : answer;
  }
  const acts: ActDeps = {
    me,
    people: () => people,
    send,
    simply: (ticket, act) => void send(ticket, act).then((wrong) => wrong && toasts.say(wrong.message)),
    async maybe(ticket) {
      const answer = await api.maybe(ticket);
      if (!answer.ok) toasts.say(answer.message);
      return answer.ok ? answer.value : null;
    },
    now,
  };

  const listPane = createListPane({
    choose,
    tab(next) {
      tab = next;
      draw();
    },
    filter(next) {
      department = next;
      void readLists();
    },
    async find(text) {
      const answer = await api.find(text);
      if (!answer.ok) return toasts.say(answer.message);
      found = { text, tickets: answer.value.tickets };
      tab = 'found';
      const [only, ...more] = found.tickets;
      if (only && more.length === 0) choose(only.number);
      draw();
    },
  });
  const pane = createTicketPane({ ...acts, preferences, back: () => choose(null), open: choose, reveal: api.reveal, say: toasts.say });

  const offline = h('p', { class: 'banner', role: 'status', hidden: true }, '连接已断开，正在自动重连；恢复后会补上新消息。');
  const sound = button({ class: 'plain' }, () => {
    preferences.mute(!preferences.muted());
    drawBar();
  });
  const ask = button({ class: 'plain' }, () => void alerts.ask().then(drawBar), '开启桌面通知');
  const bar = h(
    'header',
    { class: 'bar' },
    h('h1', {}, 'Qiao 桥 · 工作台'),
    h('span', { class: 'who' }, me.name, me.supervisor && h('span', { class: 'mark' }, '主管')),
    h(
      'div',
      { class: 'tools' },
      news.button,
      ask,
      sound,
      button({ class: 'plain' }, () => showHelp(preferences), '快捷键'),
      button({ class: 'plain' }, () => void signOut(), '退出'),
    ),
  );
  const temporary = h(
    'p',
    { class: 'banner temporary', hidden: !who.thisRunOnly },
    '临时登录：服务重启后需用新的链接。正式使用请添加坐席（qiao agents add）。',
  );
  const desk = h('div', { class: 'desk' }, listPane.element, pane.element);
  root.replaceChildren(bar, temporary, offline, desk, toasts.element);

  function drawBar(): void {
    sound.textContent = preferences.muted() ? '提示音：关' : '提示音：开';
    sound.setAttribute('aria-pressed', String(!preferences.muted()));
    ask.hidden = !alerts.canAsk();
  }

  function draw(): void {
    desk.classList.toggle('one', open !== null);
    listPane.draw({ lists, tab, found, open, unread, department, departments: people.departments, now: now() });
    pane.draw(view, now());
    alerts.waiting((lists?.queue.filter(isUrgent).length ?? 0) + unread.size);
  }

  function choose(number: string | null): void {
    const before = open;
    open = number;
    if (number === null) {
      view = null;
      draw();
      if (before) listPane.focus(before);
      return;
    }
    if (view?.card.number !== number) view = null;
    void readTicket();
    draw();
  }

  /** A slow answer must not overwrite what was chosen meanwhile. */
  async function readTicket(): Promise<void> {
    const number = open;
    if (number === null) return;
    const answer = await api.ticket(number);
    if (open !== number) return;
    if (!answer.ok) return toasts.say(answer.message);
    view = answer.value;
    if (document.visibilityState === 'visible') unread = new Set([...unread].filter((one) => one !== number));
    draw();
  }

  let asked = 0;
  async function readLists(): Promise<void> {
    asked += 1;
    const mine = asked;
    const answer = await api.lists(department);
    if (mine !== asked) return;
    if (!answer.ok) return toasts.say(answer.message);
    lists = answer.value;
    draw();
  }

  async function readPeople(): Promise<void> {
    const answer: Answer<People> = await api.people();
    if (answer.ok) people = answer.value;
    draw();
  }

  /** That something was raised while no page was open is said once; the list has it. */
  async function readNotices(): Promise<void> {
    const answer = await api.notices();
    if (!answer.ok) return;
    const missed = news.take(answer.value.notices).filter(({ page }) => page);
    if (missed.length > 0) toasts.say(`您不在时有 ${missed.length} 条重要通知，点「通知」查看。`);
  }

  /** Several events of one ticket come at once; one look shows them all. */
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  function look(): void {
    lookAgain = looking !== null;
    looking ??= readTicket().finally(() => {
      looking = null;
      if (lookAgain) look();
    });
  }

  const live = openLive({
    online(on) {
      offline.hidden = on;
      if (on) void Promise.all([readLists(), readTicket(), readPeople(), readNotices()]);
    },
    signedOut: () => leave('登录已过期，请重新登录。'),
    card(card) {
      const known = lists && [...lists.queue, ...lists.mine].some(({ number }) => number === card.number);
      if (lists) lists = place(lists, card, me.id, department);
      if (found) found = { ...found, tickets: found.tickets.map((one) => (one.number === card.number ? card : one)) };
      const appeared = !known && lists?.queue.some(({ number }) => number === card.number);
      if (appeared && isUrgent(card)) call(card, `紧急工单 ${card.number}`, card.title);
      if (card.number === open) look();
      draw();
    },
    line(card, line) {
      const mine = card.assignee?.id === me.id;
      const away = card.number !== open || document.visibilityState !== 'visible';
      if (line.kind === 'customer' && away && (mine || card.number === open)) {
        unread = new Set([...unread, card.number]);
        if (mine) alerts.call(`客户回复 ${card.number}`, card.customerName ?? card.title, () => choose(card.number));
      }
      if (line.kind === 'alarm' && line.page && me.supervisor) call(card, `工单 ${card.number} 需要主管`, line.text);
      if (line.kind === 'undelivered' && mine) call(card, `工单 ${card.number} 有消息未送达`, line.reason);
      draw();
    },
    notice(notice) {
      news.add(notice);
      toasts.keep(notice.id, notice.title, notice.text);
      if (notice.page) alerts.call(notice.title, notice.text, () => undefined);
    },
    call(ringing) {
      const said = ringingWords(ringing);
      if (said) toasts.keep(ringing.id, said.title, said.text);
      if (said && ringing.state === 'ringing') alerts.call(said.title, said.text, () => undefined);
    },
  });

  function call(card: TicketCard, title: string, text: string): void {
    const press = (): void => choose(card.number);
    // Who looks at the ticket already reads it there.
    if (card.number !== open) toasts.keep(card.number, title, text, press);
    alerts.call(title, text, press);
  }

  async function signOut(): Promise<void> {
    const answer = await api.signOut();
    if (answer.ok) leave('您已退出。');
    else toasts.say(answer.message);
  }

  function step(by: 1 | -1): void {
    const cards = cardsOf({ lists, tab, found });
    const at = cards.findIndex(({ number }) => number === open);
    const next = cards[at === -1 ? 0 : Math.min(cards.length - 1, Math.max(0, at + by))];
    if (!next) return;
    choose(next.number);
    listPane.focus(next.number);
  }

  const unlisten = listenToKeys(preferences, {
    j: () => step(1),
    k: () => step(-1),
    c: () => view && view.card.assignee?.id !== me.id && view.card.acts.includes('claim') && claim(view.card, acts),
    r: () => view && pane.composer.take('reply'),
    n: () => view && pane.composer.take('note'),
    '/': listPane.search,
    '?': () => showHelp(preferences),
    Escape: () => choose(null),
  });
  const refresh = (): void => {
    if (document.visibilityState === 'visible') look();
    draw();
  };
  const timer = setInterval(refresh, REFRESH_MS);
  document.addEventListener('visibilitychange', refresh);
  drawBar();
  draw();
  void Promise.all([readLists(), readPeople()]);

  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', refresh);
    unlisten();
    live.close();
    alerts.waiting(0);
  };
}
