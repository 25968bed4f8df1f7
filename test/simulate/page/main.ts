/** The pretended Slack: what one person sees, looked at again whenever something happens, and what they do. */
import { button, h } from '../../../console/widget/dom.js';
import type { Act, Done, Place, Post, Pressed, Seen, Whisper } from '../wire.js';
import { block, type Press } from './blocks.js';
import { showForm } from './form.js';
import { postView, whisperView } from './post.js';

function at<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found as T;
}
const get = async <T>(path: string): Promise<T> => (await fetch(path)).json();

const place: Place = JSON.parse(document.body.dataset.place ?? '');
const names = new Map([...place.people, ...place.rooms].map(({ id, name }) => [id, name]));
const me = at<HTMLSelectElement>('me');
const dialog = at<HTMLDialogElement>('form');
let room = place.rooms[0]?.id ?? '';
let thread: string | null = null;
let home = false;

let hiding: ReturnType<typeof setTimeout> | undefined;
function toast(words: string): void {
  at('toast').textContent = words;
  at('toast').hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    at('toast').hidden = true;
  }, 5_000);
}

async function act(given: Act): Promise<Done> {
  const response = await fetch('/acts', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(given) });
  const done: Done = response.ok ? await response.json() : { status: response.status };
  if (done.status !== 200) toast(`⚠️ 服务器没有确认（${done.status}）。真的 Slack 会再送一次，或在按钮旁显示感叹号。`);
  return done;
}

const pressing =
  (where: Pressed): Press =>
  (action, value) =>
    void act({ kind: 'press', user: me.value, where, action, value });

/** What is shown already is left alone, so that open menus and half-made choices stay. */
const shown = new WeakMap<HTMLElement, string>();
function show(into: HTMLElement, seen: unknown, draw: () => readonly Node[]): void {
  const state = JSON.stringify(seen);
  if (shown.get(into) === state) return;
  shown.set(into, state);
  const atEnd = into.scrollHeight - into.scrollTop - into.clientHeight < 80;
  into.replaceChildren(...draw());
  if (atEnd) into.scrollTop = into.scrollHeight;
}

const byTime = (a: Readonly<{ ts: string }>, b: Readonly<{ ts: string }>): number => Number(a.ts) - Number(b.ts);
const isWhisper = (one: Post | Whisper): one is Whisper => 'channel' in one;

function drawn(all: readonly (Post | Whisper)[], inThread: boolean): readonly Node[] {
  const channel = room;
  return all.toSorted(byTime).map((one) => {
    if (isWhisper(one)) return whisperView(one, names, pressing({ channel, ts: one.ts, thread: one.thread, private: true }));
    const under = inThread && thread !== null ? { thread } : {};
    const open = inThread ? null : () => openThread(one.ts);
    return postView(one, place.bot, names, pressing({ channel, ts: one.ts, ...under }), open);
  });
}

function drawRooms(): void {
  const item = (id: string, name: string) =>
    h(
      'li',
      {},
      button({ class: 'place', 'aria-current': !home && id === room && 'page' }, () => enter(id), `# ${name}`),
    );
  at('rooms').replaceChildren(...place.rooms.map(({ id, name }) => item(id, name)));
  at('home').toggleAttribute('aria-current', home);
  at('about').textContent = place.people.find(({ id }) => id === me.value)?.about ?? '';
  const now = place.rooms.find(({ id }) => id === room);
  at('title').replaceChildren(h('strong', {}, home ? 'Qiao 桥 · 主页' : `# ${now?.name}`), h('small', {}, home ? '' : (now?.about ?? '')));
  at('write').hidden = home;
  at('write').querySelector('textarea')?.setAttribute('placeholder', '在频道里写，或输入 /qiao help');
  at('thread').hidden = home || thread === null;
}

function draw(seen: Seen): void {
  if (home) {
    const alone = seen.whispers.filter(({ channel }) => channel === null);
    show(at('posts'), [seen.home, alone], () => [
      ...alone.map((one) => whisperView(one, names, pressing(null))),
      h('div', { class: 'home' }, ...(seen.home?.blocks ?? []).map((one) => block(one, pressing(null), names))),
    ]);
  } else {
    // What was whispered into a thread that is not open would go unseen.
    const here = seen.whispers.filter((one) => one.channel === room && (one.thread === undefined || one.thread !== thread));
    const posts = [...seen.posts, ...here];
    show(at('posts'), [room, posts], () =>
      posts.length > 0
        ? drawn(posts, false)
        : [h('p', { class: 'empty' }, '这里还没有消息。左边的客户转人工、投诉或登记问题后，工单会出现在这里。')],
    );
    const first = seen.posts.filter(({ ts }) => ts === thread);
    const replies = [...first, ...seen.thread, ...seen.whispers.filter((one) => one.thread !== undefined && one.thread === thread)];
    show(at('replies'), [room, thread, replies], () => drawn(replies, true));
  }
  drawForm(seen);
}

/** A form stays as it is, with what was typed, until the server puts another in its place. */
let formShown = '';
function drawForm({ form }: Seen): void {
  const user = me.value;
  const state = JSON.stringify([user, form]);
  if (state === formShown) return;
  formShown = state;
  if (form) {
    showForm(dialog, form, names, {
      choose: (action, value, values) => void act({ kind: 'choose', user, action, value, values }),
      submit: async (values) => (await act({ kind: 'submit', user, values })).errors ?? {},
      dismiss: () => void act({ kind: 'dismiss', user }),
    });
  } else {
    dialog.close();
  }
}

let looking = false;
let again = false;
async function look(): Promise<void> {
  drawRooms();
  again = true;
  if (looking) return;
  looking = true;
  try {
    while (again) {
      again = false;
      const asked = { user: me.value, channel: room, ...(thread !== null && { thread }) };
      const seen = await get<Seen>(`/seen?${new URLSearchParams(asked)}`);
      if (!again) draw(seen);
    }
  } finally {
    looking = false;
  }
}

function enter(id: string): void {
  home = false;
  room = id;
  thread = null;
  void look();
}

function openThread(ts: string): void {
  thread = ts;
  void look();
  at('answer').querySelector('textarea')?.focus();
}

function openHome(): void {
  home = true;
  void look();
  void act({ kind: 'home', user: me.value });
}

function compose(id: string, inThread: boolean): void {
  const form = at<HTMLFormElement>(id);
  const field = form.querySelector('textarea');
  if (!field) return;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    field.value = '';
    void act({ kind: 'write', user: me.value, channel: room, text, ...(inThread && thread !== null && { thread }) });
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

me.append(...place.people.map(({ id, name }) => h('option', { value: id }, name)));
me.addEventListener('change', () => (home ? openHome() : void look()));
at('home').addEventListener('click', openHome);
at('leave').addEventListener('click', () => {
  thread = null;
  void look();
});
dialog.addEventListener('cancel', () => void act({ kind: 'dismiss', user: me.value }));
at('another').addEventListener('click', () => {
  localStorage.clear();
  location.reload();
});
compose('write', false);
compose('answer', true);
new EventSource('/changes').addEventListener('message', () => void look());
