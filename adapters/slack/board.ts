/** Puts cards up and keeps them true: one card a ticket, in the channel of its department, with what was said in its thread. */
import type { Entry } from '../channel';
import type { DeskRef, TicketCard } from '../desk';
import type { Api, Found } from './api';
import { refusalOf } from './failure';
import { type Place, placeOf, refOf } from './place';
import { createRecent } from './recent';
import type { Rooms } from './rooms';
import { type CardOptions, cardBlocks, cardText } from './views/card';
import { transcriptTexts } from './views/transcript';

export type Board = Readonly<{
  offer(card: TicketCard, transcript: readonly Entry[], again: boolean): Promise<DeskRef>;
  /** Resolves to where the card stands from now on. `transcript` is asked for when it has to move. */
  update(ref: DeskRef, card: TicketCard, transcript: () => Promise<readonly Entry[]>): Promise<DeskRef>;
  /** The ticket of a thread this process put up: the store hears of it a little later. */
  ticketOf(thread: Place): string | undefined;
}>;

const cardKey = (number: string): string => `card ${number}`;
/** A ticket that comes back to a channel gets a card of its own there; the old one says where the matter went. */
const movedKey = (number: string, from: DeskRef): string => `card ${number} from ${from}`;
const REMEMBERED = 5_000;

export function createBoard(api: Api, rooms: Rooms): Board {
  const tickets = createRecent<string>(REMEMBERED);
  /** What cards show now: most events of a ticket change nothing on it. */
  const shown = createRecent<string>(REMEMBERED);

  const render = (card: TicketCard, options?: CardOptions) => ({ text: cardText(card), blocks: cardBlocks(card, options) });

  async function put(card: TicketCard, key: string, transcript: () => Promise<readonly Entry[]>, look: boolean): Promise<Place> {
    const channel = rooms.of(card.department);
    const known = look ? (await api.inChannel(channel, card.createdAt)).find((one) => one.key === key) : undefined;
    const face = render(card);
    const place = known ?? (await api.post({ channel }, face, { key, ticket: card.number }));
    tickets.set(refOf(place), card.number);
    if (!known) shown.set(refOf(place), JSON.stringify(face));
    const there = known ? await api.inThread(place, card.createdAt) : [];
    await say(place, card.number, await transcript(), there);
    return place;
  }

  async function say(place: Place, number: string, entries: readonly Entry[], there: readonly Found[]): Promise<void> {
    const keys = new Set(there.map(({ key }) => key));
    for (const [n, text] of transcriptTexts(entries).entries()) {
      const key = `said ${n}`;
      if (!keys.has(key)) await api.post({ channel: place.channel, thread: place.ts }, { text }, { key, ticket: number });
    }
  }

  /** The card goes to the channel of its new department; the old thread and the old card say where. */
  async function move(from: DeskRef, card: TicketCard, transcript: () => Promise<readonly Entry[]>): Promise<DeskRef> {
    const old = placeOf(from);
    const place = await put(card, movedKey(card.number, from), transcript, true);
    const pointer = `<#${place.channel}>：<${await api.linkTo(place)}|工单 ${card.number}>`;
    const key = `moved ${refOf(place)}`;
    const there = await api.inThread(old, card.createdAt);
    if (!there.some((one) => one.key === key)) {
      await api.post(
        { channel: old.channel, thread: old.ts },
        { text: `工单已转到 ${pointer}，请到那里继续。` },
        { key, ticket: card.number },
      );
    }
    await api.change(old, render(card, { movedTo: pointer }));
    return refOf(place);
  }

  return {
    async offer(card, transcript, again) {
      return refOf(await put(card, cardKey(card.number), async () => transcript, again));
    },
    async update(ref, card, transcript) {
      const place = placeOf(ref);
      if (rooms.of(card.department) !== place.channel) return move(ref, card, transcript);
      const face = render(card);
      const now = JSON.stringify(face);
      if (shown.get(ref) === now) return ref;
      try {
        await api.change(place, face);
      } catch (error) {
        // Somebody deleted the card; the matter is still open.
        if (refusalOf(error) !== 'message_not_found') throw error;
        return refOf(await put(card, movedKey(card.number, ref), transcript, true));
      }
      shown.set(ref, now);
      return ref;
    },
    ticketOf: (thread) => tickets.get(refOf(thread)),
  };
}
