/** A person's work is done: a rating from one to five, a word on it when it was low, once a ticket. */
import type { Heard } from '../heard';
import { saysAgain } from '../moves/again';
import { freely } from '../moves/freely';
import { handOff } from '../moves/handOff';
import { raise } from '../moves/tickets';
import { carried, option } from '../options';
import { enter, say } from '../turn';
import type { Effect, State, Turn } from '../vocabulary';

type Survey = Extract<State, { phase: 'survey' }>;
const lowest = 2;

function recorded({ ticket, rating }: Survey, comment?: string): readonly Effect[] {
  return rating === undefined ? [] : [{ kind: 'recordSurvey', ticket, rating, ...(comment && { comment }) }];
}

function rated(heard: Heard, state: Survey, rating: number): Turn {
  const { memory, copy, at } = heard;
  if (rating > lowest) {
    return enter(memory, { phase: 'closed', ticket: state.ticket, at }, ...recorded({ ...state, rating }), say(copy.surveyThanks));
  }
  const flags = raise(['supervisor'], `客户评了 ${rating} 分（满分 5 分）`, state.ticket);
  return enter(memory, { phase: 'survey', ticket: state.ticket, rating }, ...flags, say(copy.surveyComment, option(copy, 'skip')));
}

function done(heard: Heard, state: Survey, comment?: string): Turn {
  const { memory, copy, at } = heard;
  const thanks = state.rating === undefined ? copy.goodbye : copy.surveyLow;
  return enter(memory, { phase: 'closed', ticket: state.ticket, at }, ...recorded(state, comment), say(thanks));
}

export function survey(heard: Heard, state: Survey): Turn {
  const { choice, reads, text, copy } = heard;
  const rating = Number(carried(choice, 'rate'));
  if (state.rating === undefined && rating >= 1 && rating <= 5) return rated(heard, state, rating);
  if (choice === 'skip' || reads.skip || reads.thanks || reads.no || reads.cancel) return done(heard, state);
  if (reads.helpful === false || (choice === undefined && saysAgain(text))) {
    const before = recorded(state, text);
    return handOff(heard, 'asked', { ticket: state.ticket, lead: copy.reopened(state.ticket), note: text, before });
  }
  if (state.rating !== undefined && choice === undefined && !reads.question) return done(heard, state, text);
  const turn = freely(heard);
  return { ...turn, effects: [...recorded(state), ...turn.effects] };
}
