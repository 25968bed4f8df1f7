/** What happens on the way into a form: the one in progress waits, a known outage is told. */
import { draftIn, type Heard } from '../heard';
import type { Draft, Memory, Slots, State, Waiting } from '../vocabulary';

/** A general enquiry whose matter was not told yet is not put aside: it turns into the form the matter calls for. */
export function parkable(state: State): Draft | undefined {
  const draft = draftIn(state);
  return draft?.form === 'intake' && !draft.slots.issue ? undefined : draft;
}

/** Forms that wait at a time. */
export const mostParked = 3;

/** The draft in progress goes to the side, at most so many deep, a place in the queue is kept; a file kept for the next form is taken out. */
export function putAside({ state, memory }: Heard): Memory {
  const draft = parkable(state);
  const { remark: _, ...slots } = memory.slots;
  const parked = draft ? [...memory.parked, draft].slice(-mostParked) : memory.parked;
  return { ...memory, slots, parked, ...(state.phase === 'waiting' && { queued: placeOf(state) }) };
}

function placeOf({ schema: _, memory: __, ...place }: State & Waiting): Waiting {
  return place;
}

/** A known outage is told to whoever it may concern, before anything is asked (P15-6). */
export function incidentWords({ gathered, copy }: Heard, slots: Slots): string {
  const one = gathered.incidents.find(({ school }) => school === undefined || school === slots.school?.value);
  return one ? copy.incident(one.message) : '';
}
