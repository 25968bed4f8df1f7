/** An answer was given: did it help? If not, the next best, then the article's form or a person. */
import { type Heard, intentsOf } from '../heard';
import { answerGiven, gapIn } from '../learnt';
import { isAnnounced } from '../matter';
import { answer, formButton, inquire } from '../moves/answer';
import { half } from '../moves/forIntent';
import { freely } from '../moves/freely';
import { handOff } from '../moves/handOff';
import { withRole } from '../moves/menu';
import { didNotHelp, leavesIdentity, offerRegistering, ordersIt } from '../moves/sameMatter';
import { start } from '../moves/start';
import { option } from '../options';
import { roleNamed } from '../role';
import { enter, lines, say, stay } from '../turn';
import type { Effect, Slots, State, Turn } from '../vocabulary';

type Answering = Extract<State, { phase: 'answering' }>;

function helped({ memory, copy }: Heard, { question, hit }: Answering): Turn {
  const effect = answerGiven(question, hit, true);
  return enter(memory, { phase: 'idle' }, effect, say(lines(copy.glad, copy.anythingElse), option(copy, 'nothingElse')));
}

function before(turn: Turn, ...effects: readonly Effect[]): Turn {
  return { ...turn, effects: [...effects, ...turn.effects] };
}

/** Not helpful counts as a miss: the next best comes first, then registering or a person, then a person. */
function unhelpful(heard: Heard, { question, hit, others }: Answering): Turn {
  const { copy, memory, state } = heard;
  const gaps: readonly Effect[] = [answerGiven(question, hit, false), gapIn(memory, question, 'unhelpful', hit.article)];
  const [next, ...rest] = others;
  if (next) return before(answer(heard, question, next, rest, copy.nextBest), ...gaps);
  if (memory.misses > 0) return handOff(heard, 'misses', { slots: { issue: { raw: question, value: question } } });
  const options = [...formButton(heard, hit), ...(hit.form ? [] : [option(copy, 'register')]), option(copy, 'human')];
  return stay({ ...state, memory: { ...memory, misses: 1 } }, ...gaps, say(copy.stillUnhelpful, ...options));
}

/** Registers the question that was answered. */
function register(heard: Heard, { question, hit }: Answering): Turn {
  return start(heard, hit.form ?? 'intake', { slots: { issue: { raw: question, value: question } }, department: hit.department });
}

const wants = /^(?:要|需要|办|登记)[的了啊呀吧。.!\uff01\s]*$/;
/** 「对」 to an article that describes the trouble: that is it, and it is not over. */
const exactly = /^(?:对|是|没错|就是)(?:的|啊|呀|这样|这个|对|是)*[。.!\uff01\s]*$/;

const invites = /告诉我|发给我|报给我|请提供|tell me|send me/i;
const leastDetails = 5;

/** 「抬头：…」 after an answer that asks for what it takes to register: that, and no new question. */
function givesDetails(heard: Heard, { hit }: Answering): boolean {
  const { choice, text, reads, gathered } = heard;
  const other = reads.question || reads.greeting || reads.thanks || gathered.knowledge.decision !== 'none' || isAnnounced(text);
  if (choice !== undefined || other || text.length < leastDetails || !invites.test(hit.answer)) return false;
  return !intentsOf(heard).some(({ name, score }) => name !== 'faq' && name !== 'out-of-scope' && score >= half);
}

function withDetails(heard: Heard, { question }: Answering): Slots {
  return { issue: { raw: question, value: question }, remark: { raw: heard.text, value: heard.text } };
}

export function answering(heard: Heard, state: Answering): Turn {
  const { choice, reads, text } = heard;
  if (choice === 'helpful' || reads.helpful === true) return helped(heard, state);
  if (choice === 'unhelpful' || reads.helpful === false) return unhelpful(heard, state);
  // 「lost card」 could be somebody's name, were it not a question the desk answers.
  const answered = heard.gathered.knowledge.decision === 'answer';
  if (choice === 'register' || (leavesIdentity(heard) && !answered) || ordersIt(heard, state.hit)) return register(heard, state);
  if (choice === undefined && didNotHelp(text)) return unhelpful(heard, state);
  if (choice === undefined && wants.test(text)) return register(heard, state);
  if (choice === undefined && exactly.test(text)) return offerRegistering(heard, formButton(heard, state.hit));
  const role = choice === undefined ? roleNamed(text, heard.copy) : undefined;
  if (role && answered && heard.gathered.knowledge.hits[0]?.article !== state.hit.article) return withRole(heard, role, inquire);
  if (reads.thanks || (reads.yes && choice === undefined)) return helped(heard, state);
  if (reads.no) return unhelpful(heard, state);
  return givesDetails(heard, state)
    ? start(heard, state.hit.form ?? 'intake', { slots: withDetails(heard, state), department: state.hit.department })
    : freely(heard);
}
