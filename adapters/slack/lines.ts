/** Everything that happens to a ticket, into its thread: the customer's words, what colleagues answered elsewhere, changes and alarms. */
import type { DeskLine, DeskRef, TicketCard } from '../desk';
import type { Files } from '../files';
import type { Api, Shown } from './api';
import { type Mark, setMark } from './marks';
import { ownPlaceOf, type Place, placeOf } from './place';
import { createRecent } from './recent';
import type { Rooms } from './rooms';
import { plain } from './text';
import { alarmPage, customerLine, failureLine, mergedLine, noteLine, replyLine, resultLine } from './views/lines';

type Of<K extends DeskLine['kind']> = Extract<DeskLine, { kind: K }>;
export type Lines = Readonly<{ relay(ref: DeskRef, card: TicketCard, line: DeskLine, again: boolean): Promise<void> }>;

/** A reply is tried for no longer before it is given up. */
const UNDER_WAY_MS = 60 * 60_000;
/** Replies from other desks whose line is remembered, to be marked when they are delivered. */
const REMEMBERED = 2_000;

export function createLines(api: Api, rooms: Rooms, files?: Pick<Files, 'openOutside'>): Lines {
  /** A customer's file with an address agents can open, when there is one. */
  const opened = (line: Of<'customer'>): Of<'customer'> =>
    line.attachment && files ? { ...line, attachment: files.openOutside(line.attachment) } : line;

  /** Where a result, or a reply that was not written in its thread, is shown, and what the reply says. */
  const posted = createRecent<Readonly<{ place: Place; reply?: Of<'reply'> }>>(REMEMBERED);

  /** Posts a line once; where it stands, whoever posted it. */
  async function once(ref: DeskRef, number: string, line: DeskLine, shown: Shown, again: boolean, act?: string): Promise<Place> {
    const thread = placeOf(ref);
    if (again) {
      const known = (await api.inThread(thread, line.at)).find(({ key }) => key === line.id);
      if (known) return { channel: known.channel, ts: known.ts };
    }
    return api.post({ channel: thread.channel, thread: thread.ts }, shown, { key: line.id, ticket: number, act });
  }

  async function page(ref: DeskRef, card: TicketCard, line: Of<'alarm'>, again: boolean): Promise<void> {
    const channel = rooms.supervisors;
    const key = `page ${line.id}`;
    if (again && (await api.inChannel(channel, line.at)).some((one) => one.key === key)) return;
    const link = await api.linkTo(placeOf(ref));
    await api.post({ channel }, alarmPage(card, line.text, { link, call: rooms.call }), { key, ticket: card.number });
  }

  async function reply(ref: DeskRef, card: TicketCard, line: Of<'reply'>, again: boolean): Promise<void> {
    const own = ownPlaceOf(line.act);
    if (own) return setMark(api, own, 'waiting');
    const place = await once(ref, card.number, line, replyLine(line, 'waiting'), again, line.act);
    posted.set(line.act, { place, reply: line });
  }

  async function result(ref: DeskRef, card: TicketCard, line: Of<'result'>, again: boolean): Promise<void> {
    const place = await once(ref, card.number, line, resultLine(line), again, line.act);
    posted.set(line.act, { place });
    await setMark(api, place, 'waiting');
  }

  /** Where a line stands that was posted before a restart. */
  async function standing(ref: DeskRef, { act, at }: Of<'delivered' | 'undelivered'>): Promise<Place | undefined> {
    return (await api.inThread(placeOf(ref), at - UNDER_WAY_MS)).find((one) => one.act === act);
  }

  /** The reply of another desk gets its mark by a change of its line, everything else by a reaction. */
  async function settle(ref: DeskRef, card: TicketCard, line: Of<'delivered' | 'undelivered'>, again: boolean): Promise<void> {
    const mark: Mark = line.kind === 'delivered' ? 'delivered' : 'failed';
    const own = ownPlaceOf(line.act);
    const known = posted.get(line.act);
    const place = own ?? known?.place ?? (await standing(ref, line));
    if (known?.reply) await api.change(known.place, replyLine(known.reply, mark));
    else if (place) await setMark(api, place, mark);
    if (line.kind === 'undelivered') await once(ref, card.number, line, failureLine(card, line), again);
  }

  return {
    async relay(ref, card, line, again) {
      switch (line.kind) {
        case 'customer':
          await once(ref, card.number, line, customerLine(card, opened(line)), again);
          return;
        case 'reply':
          return reply(ref, card, line, again);
        case 'result':
          return result(ref, card, line, again);
        case 'delivered':
        case 'undelivered':
          return settle(ref, card, line, again);
        case 'note': {
          const own = ownPlaceOf(line.act);
          if (own) return setMark(api, own, 'internal');
          await once(ref, card.number, line, noteLine(line), again);
          return;
        }
        case 'change':
          await once(ref, card.number, line, { text: `_${plain(line.text)}_` }, again);
          return;
        case 'merged':
          await once(ref, card.number, line, mergedLine(card, line), again);
          return;
        case 'unmerged':
          await once(ref, card.number, line, { text: `_${plain(line.text)}_` }, again);
          return;
        case 'alarm':
          await once(ref, card.number, line, { text: `🔔 *${plain(line.text)}*` }, again);
          if (line.page) await page(ref, card, line, again);
          return;
      }
    },
  };
}
