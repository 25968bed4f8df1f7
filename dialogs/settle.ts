/** What every turn ends with: the options shown are remembered, and the clocks of the new phase are set. */
import { draftIn } from './heard';
import { choiceDue, passedOver } from './passedOver';
import { silenceDue } from './silence';
import type { Effect, Event, Memory, Option, Rules, State, Turn } from './vocabulary';

const minute = 60_000;

/** The options of the last thing said; a silent turn leaves what was on the screen. */
function offeredAfter(effects: readonly Effect[], before: readonly Option[]): readonly Option[] {
  const last = effects.findLast((effect) => effect.kind === 'reply');
  return last ? (last.reply.options ?? []) : before;
}

/** An unfinished form is looked at again when its customer falls silent; a survey ends by itself; an agent's silence is counted. */
function clocks(before: State, after: State, event: Event, rules: Rules): readonly Effect[] {
  const effects: Effect[] = [];
  // A form that comes back on the screen when an agent leaves is unfinished as well.
  if (draftIn(after) && (event.kind === 'received' || !draftIn(before))) {
    effects.push({ kind: 'wakeAt', timer: 'formAbandoned', at: event.at + rules.formIdleMinutes * minute });
  } else if (draftIn(before) && !draftIn(after)) effects.push({ kind: 'cancelWake', timer: 'formAbandoned' });
  const choice = event.kind === 'received' ? choiceDue(after, event.at, rules) : undefined;
  if (choice !== undefined) effects.push({ kind: 'wakeAt', timer: 'choiceAbandoned', at: choice });
  else if (before.phase === 'clarifying' && after.phase !== 'clarifying') effects.push({ kind: 'cancelWake', timer: 'choiceAbandoned' });
  const [surveyed, survey] = [surveyIn(before), surveyIn(after)];
  if (survey !== undefined && survey !== surveyed) {
    effects.push({ kind: 'wakeAt', timer: 'surveyExpired', at: event.at + rules.surveyHours * 60 * minute });
  } else if (survey === undefined && surveyed !== undefined) effects.push({ kind: 'cancelWake', timer: 'surveyExpired' });
  const [was, due] = [silenceDue(before, rules), silenceDue(after, rules)];
  const fired = event.kind === 'timerFired' && event.timer === 'agentSilent';
  if (due !== undefined && (due !== was || fired)) effects.push({ kind: 'wakeAt', timer: 'agentSilent', at: due });
  else if (due === undefined && was !== undefined) effects.push({ kind: 'cancelWake', timer: 'agentSilent' });
  return effects;
}

/** The ticket whose survey runs, or comes next. */
function surveyIn(state: State): string | undefined {
  return state.phase === 'survey' ? state.ticket : state.memory.toSurvey?.[0];
}

/** A survey that is over, answered or not, ends its ticket; unless the matter is taken up again. */
function closing(before: State, after: State): readonly Effect[] {
  if (before.phase !== 'survey') return [];
  const goesOn = 'ticket' in after && after.ticket === before.ticket && after.phase !== 'closed';
  return goesOn ? [] : [{ kind: 'closeTicket', ticket: before.ticket }];
}

export function settle(before: State, event: Event, rules: Rules, { state, effects }: Turn): Turn {
  const lastAt = event.kind === 'received' ? event.at : state.memory.lastAt;
  const { queued, ...rest } = state.memory;
  // A place in the queue is kept beside a form alone: any other phase is the queue itself, or has left it.
  const memory: Memory = {
    ...rest,
    lastAt,
    offered: offeredAfter(effects, state.memory.offered),
    ...(queued && draftIn(state) && { queued }),
  };
  return {
    state: { ...state, memory },
    effects: [
      ...passedOver(before, state, effects),
      ...effects,
      ...closing(before, state),
      ...clocks(before, { ...state, memory }, event, rules),
    ],
  };
}
