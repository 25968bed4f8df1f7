/** Where a message stands in Slack, the reference a ticket's card is known by, and the names of agents' own messages. Pure. */
import type { DeskRef } from '../desk';

export type Place = Readonly<{ channel: string; ts: string }>;

export const refOf = ({ channel, ts }: Place): DeskRef => `${channel}:${ts}`;

/** The place of a reference that `refOf` made. */
export function placeOf(ref: DeskRef): Place {
  const [channel = '', ts = ''] = ref.split(':');
  return { channel, ts };
}

const OWN = /^([A-Z0-9]+)@(\d+\.\d+)(?:\+.*)?$/;

/** What an agent wrote into a thread, as the id of an act: every delivery of the same message has the same. */
export const ownId = ({ channel, ts }: Place): string => `${channel}@${ts}`;

/** Sending it once more is another act; the mark stays on the message. */
export const resentId = (own: string, click: string): string => `${own}+${click}`;

/** The agent's own message behind an act, null when the act was done otherwise. */
export function ownPlaceOf(act: string): Place | null {
  const [, channel, ts] = OWN.exec(act) ?? [];
  return channel !== undefined && ts !== undefined ? { channel, ts } : null;
}
