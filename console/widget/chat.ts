/** One visitor's chat without its looks: what is said, what arrived, what is missing. The view listens and draws. */
import type { Line, Message } from '../../adapters/web/wire';
import type { Content, Locale } from '../../dialogs/vocabulary';
import { createConnection } from './connection';
import { createOutbox } from './outbox';
import { createMemory } from './storage';
import { addOwn, completeUpTo, latestSeq, mark, merge, type Thread } from './thread';
import { type Upload, upload } from './upload';

export type View = Readonly<{ thread: Thread; online: boolean; loaded: boolean; typing: boolean; unread: number }>;
export type Chat = Readonly<{
  view(): View;
  /** Calls `draw` after every change. */
  watch(draw: (view: View) => void): void;
  /** Whether this browser has talked to the desk before. */
  known(): boolean;
  connect(): void;
  /** The visitor looks at the chat, or no longer does. */
  look(on: boolean): void;
  say(content: Content): void;
  retry(clientMsgId: string): void;
  upload(file: File, progress: (share: number) => void): Upload;
  close(): void;
}>;
export type ChatOptions = Readonly<{ server: string; account: string | null; locale: Locale }>;

/** Own words get their place in the log a moment after the answer is out; read again after these pauses, then let the gap be. */
const SYNC_PAUSES = [400, 2500] as const;
const LONGEST_TYPING = 12_000;

function freshId(): string {
  // Not randomUUID: that exists only on https pages.
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function createChat({ server, account, locale }: ChatOptions): Chat {
  const memory = createMemory(`${server}:${account ?? ''}`);
  let view: View = { thread: [], online: false, loaded: false, typing: false, unread: 0 };
  let looking = false;
  let connecting = false;
  let complete = 0;
  let at = 0;
  let draw: (view: View) => void = () => undefined;
  let typingTimer: ReturnType<typeof setTimeout> | undefined;
  let syncTimer: ReturnType<typeof setTimeout> | undefined;
  let flushTimer: ReturnType<typeof setTimeout> | undefined;

  const change = (part: Partial<View>): void => {
    view = { ...view, ...part };
    draw(view);
  };

  const setTyping = (typing: boolean): void => {
    clearTimeout(typingTimer);
    if (typing) typingTimer = setTimeout(() => change({ typing: false }), LONGEST_TYPING);
    if (typing !== view.typing) change({ typing });
  };

  const markRead = (): void => {
    memory.set('read', String(latestSeq(view.thread)));
    if (view.unread) change({ unread: 0 });
  };
  const countUnread = (thread: Thread): number => {
    const read = Number(memory.get('read') ?? 0);
    return thread.filter((item) => item.author !== 'customer' && (item.seq ?? 0) > read).length;
  };

  const take = (lines: readonly Line[]): void => {
    const thread = merge(view.thread, lines);
    const answered = lines.some((line) => line.author !== 'customer');
    change({ thread, loaded: true, unread: looking ? 0 : countUnread(thread), ...(answered && { typing: false }) });
    if (looking) markRead();
  };

  function fillGaps(pauses: readonly number[] = SYNC_PAUSES): void {
    complete = completeUpTo(view.thread, complete);
    clearTimeout(syncTimer);
    const [pause, ...rest] = pauses;
    if (complete >= latestSeq(view.thread)) return;
    if (pause === undefined) {
      complete = latestSeq(view.thread);
      return;
    }
    syncTimer = setTimeout(async () => {
      const missed = await connection.sync(complete);
      if (missed?.ok) take(missed.lines);
      fillGaps(rest);
    }, pause);
  }

  const greet = (): void => {
    // One fixed id: two tabs opening at once are one greeting.
    if (view.loaded && looking && view.thread.length === 0) say({ kind: 'hello' }, 'hello');
  };

  const connection = createConnection({
    server,
    account,
    memory,
    lastSeq: () => complete,
    hears: {
      online(online) {
        if (online !== view.online) change({ online });
        if (!online) setTyping(false);
      },
      lines(lines) {
        const first = !view.loaded;
        take(lines);
        // The first load is everything there is, wherever it begins.
        if (first) complete = latestSeq(view.thread);
        fillGaps();
        greet();
        void outbox.flush();
      },
      typing: setTyping,
      stranger() {
        complete = 0;
        memory.remove('read');
        change({ thread: view.thread.filter((item) => item.delivery === 'sending'), loaded: false });
      },
    },
  });

  const outbox = createOutbox({
    memory,
    carry: connection.send,
    tell: (id, what) => change({ thread: mark(view.thread, id, what) }),
    later(seconds) {
      clearTimeout(flushTimer);
      flushTimer = setTimeout(() => void outbox.flush(), seconds * 1000);
    },
  });

  function say(content: Content, clientMsgId = freshId()): void {
    const message: Message = { clientMsgId, content, locale };
    // Strictly later than the one before: this is the order they are sent in.
    at = Math.max(Date.now(), at + 1);
    outbox.add({ message, at });
    change({ thread: addOwn(view.thread, message, at) });
    void outbox.flush();
  }

  return {
    view: () => view,
    watch(next) {
      draw = next;
      draw(view);
    },
    known: () => connection.token() !== null,
    connect() {
      if (connecting) return;
      connecting = true;
      change({ thread: outbox.waiting().reduce((thread, { message, at }) => addOwn(thread, message, at), view.thread) });
      connection.open();
    },
    look(on) {
      looking = on;
      if (!on) return;
      markRead();
      greet();
    },
    say: (content) => say(content),
    retry(clientMsgId) {
      const item = view.thread.find((one) => one.key === clientMsgId);
      if (!item?.content) return;
      outbox.add({ message: { clientMsgId, content: item.content, locale }, at: item.at });
      change({ thread: mark(view.thread, clientMsgId, { delivery: 'sending' }) });
      void outbox.flush();
    },
    upload: (file, progress) => upload(server, connection.token(), file, progress),
    close() {
      for (const timer of [typingTimer, syncTimer, flushTimer]) clearTimeout(timer);
      connection.close();
    },
  };
}
