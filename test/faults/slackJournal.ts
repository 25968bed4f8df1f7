/** From what a workspace saw to what a judge reads: cards, lines, and the marks that say what became of an agent's words. Pure. */
import { ownPlaceOf } from '../../adapters/slack/place';
import type { Books } from './books';
import type { DeskEntry, Mark } from './journal';

/** `place` is a channel and a time stamp, as an agent's own message is called: `C01@1700000000.000100`. */
export type SlackNote = Readonly<{ at: number }> &
  (
    | Readonly<{ kind: 'post'; place: string; thread: boolean; key: string; ticket: string; text: string }>
    | Readonly<{ kind: 'shape'; place: string; shows: string }>
    | Readonly<{ kind: 'mark'; place: string; name: string; on: boolean }>
    | Readonly<{ kind: 'entry'; entry: DeskEntry }>
  );
type Of<K extends SlackNote['kind']> = Extract<SlackNote, { kind: K }>;
type Line = Books['tickets'][number]['lines'][number];

const MARKS: Readonly<Record<string, Mark>> = {
  hourglass_flowing_sand: 'waiting',
  white_check_mark: 'delivered',
  warning: 'failed',
  lock: 'internal',
};
/** Lines of which the thread shows a mark on the agent's own message. */
const MARK_OF: Readonly<Partial<Record<Line['kind'], Mark>>> = { reply: 'waiting', note: 'internal', delivered: 'delivered' };

export function deskEntries(notes: readonly SlackNote[], { tickets }: Books): readonly DeskEntry[] {
  const marks = notes.flatMap((note) => (note.kind === 'mark' ? [note] : []));
  const cards = new Map(notes.flatMap((note) => (note.kind === 'post' && isCard(note) ? [[note.place, note.ticket] as const] : [])));
  /** By place and mark: the line that is shown by it. */
  const shownBy = new Map<string, { ticket: string; line: Line }>();
  for (const { _id, lines } of tickets)
    for (const line of lines) {
      const mark = MARK_OF[line.kind];
      if (mark && 'act' in line && ownPlaceOf(line.act)) shownBy.set(`${line.act} ${mark}`, { ticket: _id, line });
    }
  const entryOf = (note: SlackNote): DeskEntry | null => {
    const { at } = note;
    switch (note.kind) {
      case 'entry':
        return note.entry;
      case 'post':
        if (isCard(note)) return { at, kind: 'card', ticket: note.ticket };
        return note.thread ? { at, kind: SAID.test(note.key) ? 'said' : 'line', ticket: note.ticket, id: note.key, text: note.text } : null;
      case 'shape': {
        const ticket = cards.get(note.place);
        return ticket === undefined ? null : { at, kind: 'face', ticket, shows: note.shows };
      }
      case 'mark': {
        const key = `${note.place} ${MARKS[note.name]}`;
        const shown = note.on ? shownBy.get(key) : undefined;
        // A mark that is taken away and set again is the same line.
        shownBy.delete(key);
        return shown ? { at, kind: 'line', ticket: shown.ticket, id: shown.line.id, text: note.name } : null;
      }
    }
  };
  return [...notes.flatMap((note) => entryOf(note) ?? []), ...left(marks, tickets)];
}

const SAID = /^said \d+$/;
const isCard = ({ thread, key }: Of<'post'>): boolean => !thread && key.startsWith('card ');

/** What stands on each of the agents' own messages when all is over. */
function left(marks: readonly Of<'mark'>[], tickets: Books['tickets']): readonly DeskEntry[] {
  const standing = new Map<string, Set<Mark>>();
  for (const { place, name, on } of marks) {
    const there = standing.get(place) ?? new Set();
    standing.set(place, there);
    const mark = MARKS[name];
    if (mark && on) there.add(mark);
    else if (mark) there.delete(mark);
  }
  return tickets.flatMap(({ _id: ticket, lines }) =>
    lines.flatMap((line): DeskEntry[] => {
      if ((line.kind !== 'reply' && line.kind !== 'note') || !ownPlaceOf(line.act)) return [];
      return [{ at: line.at, kind: 'marks', ticket, act: line.act, marks: [...(standing.get(line.act) ?? [])] }];
    }),
  );
}
