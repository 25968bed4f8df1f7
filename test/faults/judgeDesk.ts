/** The agents' side: what they did is done once and in order, and their threads show what happened, once and in order. Pure. */
import type { DeskLine } from '../../adapters/desk';
import { statusWords } from '../../adapters/words';
import type { Books } from './books';
import { type Blame, eventOf, firstOf, groups, ofKind } from './evidence';
import type { DeskEntry, Mark } from './journal';

type Message = Books['messages'][number];
type Ticket = Books['tickets'][number];

/** What an agent was told is done stands in the log, and each word of theirs is one reply, in the order in which it was written; notes stay inside. */
export function judgeActs(workplace: readonly DeskEntry[], { messages }: Books, rows: ReadonlyMap<string, Message>, blame: Blame): void {
  const done = new Map(ofKind(workplace, 'acted').map((one) => [one.id, one]));
  const byText = groups(
    messages.filter(({ direction }) => direction === 'out'),
    ({ text }) => text,
  );
  /** By ticket: the places of what had been acknowledged before. */
  const before = new Map<string, { at: number; seq: number }[]>();
  for (const act of ofKind(workplace, 'act')) {
    const acted = done.get(act.id);
    if (acted === undefined) {
      blame('unfinished', `act ${act.id} was never answered`);
      continue;
    }
    if (act.hides !== undefined && byText.has(act.hides)) blame('shown', `the customer reads the note ${act.id}`);
    const row = rows.get(`desk:${act.ticket}:${act.id}`);
    if (acted.status < 300 && !row?.outcome && row?.status !== 'dead') blame('lost', `act ${act.id} was acknowledged and ended nowhere`);
    if (act.hears === undefined || acted.status >= 300) continue;
    const found = byText.get(act.hears) ?? [];
    if (found.length === 0 && row?.status !== 'dead') blame('lost', `the agent's words ${act.id} are no reply`);
    if (found.length > 1) blame('doubled', `the agent's words ${act.id} are ${found.length} replies`);
    const seq = found[0]?.seq;
    // What was given up has no place; a person is told of it.
    if (typeof seq !== 'number') continue;
    const earlier = before.get(act.ticket) ?? [];
    before.set(act.ticket, earlier);
    if (earlier.some((one) => one.at < act.at && one.seq > seq))
      blame('out of order', `the agent's words ${act.id} stand before earlier ones`);
    earlier.push({ at: acted.at, seq });
  }
}

/** The thread of a ticket shows each of its lines once and in order, and the customer's words in it are those of the conversation. */
export function judgeThread(ticket: Ticket, workplace: readonly DeskEntry[], { messages }: Books, blame: Blame): void {
  const { _id: number, lines } = ticket;
  if (!ticket.told) blame('unfinished', `${number} has something the desk was not told`);
  const cards = ofKind(workplace, 'card').filter((one) => one.ticket === number).length;
  if (cards !== 1) blame(cards === 0 ? 'lost' : 'doubled', `${number} was put up ${cards} times`);
  const shown = ofKind(workplace, 'line').filter((one) => one.ticket === number);
  const firsts = firstOf(shown, ({ id }) => id);
  if (firsts.length < shown.length) blame('doubled', `${number} shows ${shown.length - firsts.length} lines again`);
  const missing = lines.filter(({ id }) => !firsts.some((one) => one.id === id));
  if (missing.length > 0) blame('lost', `${number} does not show ${missing.map(({ id }) => id).join(', ')}`);
  else if (firsts.some((one, n) => one.id !== lines[n]?.id)) blame('out of order', `${number} shows its lines in another order`);
  const repeated = groups(
    ofKind(workplace, 'said').filter((one) => one.ticket === number),
    ({ id }) => id,
  );
  for (const [id, all] of repeated) if (all.length > 1) blame('doubled', `${number} shows 「${id}」 ${all.length} times`);
  judgeLooks(ticket, workplace, blame);
  const said = messages
    .filter((row) => row.direction === 'in' && row.author === 'customer' && row.owner === number && row.outcome === 'queued')
    .filter(({ _id }) => eventOf(ticket.key) !== _id)
    .sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0))
    .map(({ text }) => text);
  const heard = lines.flatMap((line) => (line.kind === 'customer' ? [line.text] : []));
  const unread = lines.find(
    (line) => line.kind === 'customer' && !firsts.some(({ id, text }) => id === line.id && text.includes(line.text)),
  );
  if (unread && missing.length === 0) blame('lost', `${number} shows ${unread.id} in other words`);
  if (said.length > heard.length) blame('lost', `${number} has ${heard.length} of the customer's ${said.length} words`);
  else if (said.length < heard.length) blame('doubled', `${number} has ${heard.length} words of the customer's ${said.length}`);
  else if (said.some((text, n) => text !== heard[n])) blame('out of order', `${number} has the customer's words in another order`);
}

/** Where agents read it at a glance, the card says how the matter stands, and each of their own words what became of it. */
function judgeLooks({ _id: number, status, lines }: Ticket, workplace: readonly DeskEntry[], blame: Blame): void {
  const face = ofKind(workplace, 'face').findLast((one) => one.ticket === number);
  if (face && !face.shows.includes(statusWords[status])) blame('shown', `the card of ${number} does not say that it is ${status}`);
  for (const { act, marks } of ofKind(workplace, 'marks').filter((one) => one.ticket === number)) {
    const expected = lines.reduce<Mark | undefined>(
      (mark, line) => ('act' in line && line.act === act ? (MARKS[line.kind] ?? mark) : mark),
      undefined,
    );
    if (marks.length !== 1 || marks[0] !== expected)
      blame('shown', `${act} is marked ${marks.join(' and ') || 'nowhere'}, not ${expected}`);
  }
}

const MARKS: Readonly<Partial<Record<DeskLine['kind'], Mark>>> = {
  reply: 'waiting',
  delivered: 'delivered',
  undelivered: 'failed',
  note: 'internal',
};

/** Who looks after it, and where they read why. */
export function judgeDeadLetters(dead: readonly Message[], { tickets }: Books, workplace: readonly DeskEntry[], blame: Blame): void {
  const shown = ofKind(workplace, 'line');
  for (const { _id, owner, error } of dead) {
    const ticket = tickets.find((one) => one._id === owner);
    if (!error) blame('dead letter', `${_id} was given up without a reason`);
    if (!ticket) blame('dead letter', `${_id} was given up and belongs to ${owner ?? 'nobody'}`);
    // Whose own words failed is told why in words, without the name of the error.
    const why = error?.replace(/^\w*Error: /, '');
    const told = shown.some((line) => line.ticket === owner && why !== undefined && line.text.includes(why));
    if (ticket && !told) blame('dead letter', `${_id} was given up and the thread of ${owner} does not say why`);
  }
}
