/** All phases: what each is for, where it may lead, and who answers in it. The diagram in ../README.md is drawn from here. */
import type { Heard } from '../heard';
import type { PhaseName, State, Turn } from '../vocabulary';
import { answering } from './answering';
import { choosingSchool } from './choosingSchool';
import { clarifying } from './clarifying';
import { closed } from './closed';
import { confirming } from './confirming';
import { form } from './form';
import { idle } from './idle';
import { resuming } from './resuming';
import { survey } from './survey';
import { waiting } from './waiting';
import { withAgent } from './withAgent';

/** The answer of the phase the conversation is in. */
export function answerIn(state: State, heard: Heard): Turn {
  switch (state.phase) {
    case 'idle':
      return idle(heard);
    case 'answering':
      return answering(heard, state);
    case 'clarifying':
      return clarifying(heard, state);
    case 'form':
      return form(heard, state);
    case 'confirming':
      return confirming(heard, state);
    case 'resuming':
      return resuming(heard, state);
    case 'choosingSchool':
      return choosingSchool(heard, state);
    case 'waiting':
      return waiting(heard, state);
    case 'withAgent':
      return withAgent(heard, state);
    case 'survey':
      return survey(heard, state);
    case 'closed':
      return closed(heard, state);
  }
}

/** What a customer can begin in free talk. */
const talk = {
  answering: 'question',
  clarifying: 'close answers',
  form: 'matter',
  choosingSchool: 'school unclear',
  confirming: 'all known',
} as const;
/** What ends a form, here or after another one was put aside. */
const over = {
  idle: 'done or dropped',
  form: 'next field',
  choosingSchool: 'school unclear',
  confirming: 'all known',
  survey: 'resolved before',
} as const;
/** What happens to any conversation the bot holds. */
const person = { waiting: 'person due', withAgent: 'agent writes' } as const;
/** What ends a conversation with no form in progress. */
const end = { survey: 'resolved', closed: 'goodbye' } as const;

export const transitions: Readonly<Record<PhaseName, Readonly<Partial<Record<PhaseName, string>>>>> = {
  idle: { ...talk, ...person, ...end, resuming: 'known already' },
  answering: { ...talk, ...person, ...end, idle: 'helped' },
  clarifying: { ...talk, ...person, ...end, idle: 'helped or dropped', resuming: 'back after long' },
  form: { ...over, ...person, clarifying: 'side question', resuming: 'back after long' },
  confirming: { ...over, ...person, clarifying: 'side question', resuming: 'back after long' },
  choosingSchool: { ...over, ...person, resuming: 'back after long' },
  resuming: { ...over, ...person, clarifying: 'side question' },
  waiting: { ...over, ...end, withAgent: 'claimed', idle: 'left or returned', resuming: 'form was waiting' },
  withAgent: { ...end, waiting: 'released', idle: 'returned', resuming: 'form was waiting' },
  survey: { ...talk, ...person, idle: 'done', closed: 'rated' },
  closed: { ...talk, ...person, survey: 'resolved', idle: 'new message' },
};
