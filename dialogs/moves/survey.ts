/** The question how the service was, once a ticket; while something else is going on it waits (S1-1). */
import type { Copy } from '../copy';
import { unique } from '../form';
import { option } from '../options';
import { enter, lines, say } from '../turn';
import type { Effect, Memory, Turn } from '../vocabulary';

/** Asks for a rating of the ticket; `lead` is said in the same breath, `before` is done before it. */
export function offerSurvey(memory: Memory, copy: Copy, ticket: string, lead: string, before: readonly Effect[] = []): Turn {
  const ratings = copy.ratings.map((label, index) => ({ value: `rate:${index + 1}`, label }));
  const { toSurvey = [], ...rest } = memory;
  const left = toSurvey.filter((one) => one !== ticket);
  const next = { ...rest, surveyed: unique([...memory.surveyed, ticket]).slice(-20), ...(left.length > 0 && { toSurvey: left }) };
  return enter(next, { phase: 'survey', ticket }, ...before, say(lines(lead, copy.survey), ...ratings, option(copy, 'skip')));
}

/** The memory with a survey put off until the matter at hand is done. */
export function surveyLater(memory: Memory, ticket: string): Memory {
  return { ...memory, toSurvey: unique([...(memory.toSurvey ?? []), ticket]) };
}
