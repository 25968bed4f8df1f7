/** 「上面的电话写错了，是…」 just after a ticket was opened: the ticket is put right, nothing new begins. */
import { identityIn } from '../form';
import { extracted, type Heard } from '../heard';
import { isAnnounced, isWish } from '../matter';
import { enter, say } from '../turn';
import { isOpen, type Turn } from '../vocabulary';
import { withGrade } from './field';

const recentMs = 60 * 60_000;

/** The turn that amends the ticket opened last in this conversation; nothing when the words correct none of its facts. */
export function amendRecent(heard: Heard): Turn | undefined {
  const { memory, tickets, at, reads, choice, text, copy } = heard;
  const number = memory.tickets.at(-1);
  const open = tickets.some((one) => one.number === number && isOpen(one) && at - one.createdAt < recentMs);
  if (number === undefined || !open || choice !== undefined || !reads.correction || isWish(text) || isAnnounced(text)) return undefined;
  const { newPhone, ...found } = extracted(heard).slots;
  const slots = identityIn(withGrade({ ...found, ...(newPhone && !found.phone && { phone: newPhone }) }, memory.slots.class));
  const told = Object.entries(slots).map(([name, { value }]) => `${copy.slots[name as keyof typeof slots]} ${value}`);
  if (told.length === 0) return undefined;
  return enter(
    { ...memory, slots: { ...memory.slots, ...slots } },
    { phase: 'idle' },
    { kind: 'amendTicket', number, slots, flags: [] },
    { kind: 'rememberCustomer', slots },
    say(copy.ticketAmended(number, told.join(copy.listed))),
  );
}
