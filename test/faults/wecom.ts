/** Customers in WeChat behind WeCom: what they say is fetched by the desk, and counts as acknowledged once the desk asks for what comes after it. */
import { msgidOf } from '../../adapters/wecom/send';
import { openWecom } from '../support/wecom/platform';
import { type Corp, textOf } from '../support/wecom/state';
import type { PlatformEntry } from './journal';
import { pause } from './pause';
import type { Platform, PlatformGiven } from './platform';
import { gotIn } from './shown';
import { LATE_MS, SLOW_MS } from './weather';

const KFID = 'wk-faults';
export const CORP: Corp = {
  account: 'gateway',
  corpId: 'wwfaults',
  secret: 'the secret of the application',
  token: 'token',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  kfids: [KFID],
};

const PREFIX = `wecom:${CORP.account}:`;

export async function openWecomCustomers({ route, weather, random, deliveries, onEntry }: PlatformGiven): Promise<Platform> {
  const journal: PlatformEntry[] = [];
  const counts = new Map<string, number>();
  const under = new Set<Promise<unknown>>();
  /** By the place behind a message in the journal of WeCom: whoever waits for the desk to ask from there on. */
  const waiting: { place: number; heard: () => void }[] = [];
  const write = (entry: PlatformEntry): void => {
    journal.push(entry);
    onEntry();
  };

  const wecom = await openWecom({
    corps: [CORP],
    callbackUrl: () => `${route()}/channels/wecom/${CORP.account}`,
    async line(path) {
      const mood = weather.mood();
      if (mood === 'slow') await pause(SLOW_MS);
      if (mood === 'limited' && !path.endsWith('/gettoken')) wecom.moods.failNext.push([path, 45_009]);
      if (mood === 'late') {
        await pause(LATE_MS);
        return 'after';
      }
      if (mood === 'cut') return 'after';
      return mood === 'down' || mood === 'broken' ? 'down' : 'up';
    },
    onSync(_, place) {
      for (const one of waiting.splice(0)) {
        if (one.place <= place) one.heard();
        else waiting.push(one);
      }
    },
    onGot: ({ user, msgid, body }) => write({ at: Date.now(), kind: 'got', user, key: msgid, seq: 0, text: textOf(body), taken: true }),
  });

  function signal(): void {
    const signalled = wecom.signal(KFID);
    under.add(signalled);
    void signalled.finally(() => under.delete(signalled));
  }

  return {
    url: wecom.url,
    prefix: PREFIX,
    counts: true,
    journal(books) {
      const rows = new Map(books.messages.flatMap((row) => (row.direction === 'out' ? [[msgidOf(row._id), row] as const] : [])));
      return journal.flatMap((entry) => {
        if (entry.kind !== 'got') return entry;
        const row = rows.get(entry.key);
        // Several that were held back come as one, under an id of its own.
        return row ? { ...entry, key: row._id, seq: row.seq ?? 0 } : gotIn([entry], books, PREFIX);
      });
    },
    async send(user, { text, opens = false }) {
      const n = (counts.get(user) ?? 0) + 1;
      counts.set(user, n);
      const id = `${user}-${n}`;
      write({ at: Date.now(), kind: 'sent', user, id, text, opens });
      wecom.state.say(KFID, user, { msgtype: 'text', text: { content: text } }, id);
      const place = wecom.state.journal(KFID).length;
      const heard = new Promise<void>((resolve) => waiting.push({ place, heard: resolve }));
      const item = wecom.state.journal(KFID)[place - 1];
      if (item && random.chance(deliveries.again ?? 0)) wecom.state.append(KFID, item);
      signal();
      await heard;
      write({ at: Date.now(), kind: 'acked', user, id, tries: 1 });
    },
    async quiet() {
      await Promise.all(under);
    },
    close: wecom.close,
  };
}
