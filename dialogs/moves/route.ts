/** Free talk: what the customer wants, and the move that serves it. */

import { identityIn } from '../form';
import { askedBefore, extracted, type Heard, intentsOf, recall } from '../heard';
import { gapIn } from '../learnt';
import { isAnnouncementOnly, isMindChanged, matterIn } from '../matter';
import { option } from '../options';
import { isOrder } from '../order';
import { roleNamed } from '../role';
import { enter, lines, say } from '../turn';
import { isOpen, type Turn } from '../vocabulary';
import { calmDown } from './alarm';
import { inquire, miss } from './answer';
import { begins, formFor, half, sure } from './forIntent';
import { handOff } from './handOff';
import { knowRole, menuOptions } from './menu';
import { start } from './start';
import { status } from './status';

const registering = /^(?:您好|你好)?[，,]?(?:我(?:要|想)|请|麻烦)?(?:帮我)?(?:登记|反映|反馈)(?:一个|个|一下|下)?(?:问题|情况|事情?)?/;

/** Who leaves a phone number or most of who they are wants to be registered, not to read an article. */
function wantsRegistering(heard: Heard): boolean {
  const { phone, school, class: klass, name, issue } = extracted(heard).slots;
  if (registering.test(heard.text)) return true;
  // Everything about themselves and a long story: they want it looked into, whatever words of asking stand in it.
  if (phone && issue && (school || name)) return true;
  if (heard.reads.question) return false;
  if (!issue && (school || klass) && heard.gathered.knowledge.decision !== 'answer') return true;
  return phone !== undefined || [school, klass, name].filter(Boolean).length >= 2;
}

/** 「韦佳怡 五年级1班」: who they are and no matter, so nothing foreign either. */
function saysWhoOnly(heard: Heard): boolean {
  const { school, class: klass, name, issue } = extracted(heard).slots;
  return !issue && [school, klass, name].filter(Boolean).length >= 2;
}

/** 「一直收不到短信,帮我查一下」 is a trouble to be registered, not a look-up of what is booked. */
function isTrouble({ gathered }: Heard): boolean {
  const { decision, hits } = gathered.knowledge;
  const form = hits[0]?.form;
  return decision === 'answer' && form !== undefined && form !== 'query';
}

/** A child's card that does not work is tried out by the article first; a machine is repaired. */
function isOwnCard({ gathered, text }: Heard): boolean {
  return gathered.knowledge.decision === 'answer' && /卡/.test(text) && !/机|设备|终端|读头|屏|报修|维修/.test(text);
}

const progress =
  /(?:我(?:的|们的?)?|之前|刚才|上次|昨天)?.{0,4}(?:报修|投诉|工单|单子|登记|申请|退订|建议|反映|反馈|问题).{0,6}(?:怎么样了|如何了|进度|处理(?:好|完|得|了)|好了(?:吗|没)|到哪|有结果)|^(?:快点|快一点|催一下|抓紧)/;

/** How their own open matter stands: with nothing open it is a question like any other. */
function asksProgress({ text, tickets }: Heard): boolean {
  return text.length <= 20 && progress.test(text) && tickets.some(isOpen);
}

function outOfScope(heard: Heard): Turn {
  const { copy, memory, rules } = heard;
  const text = copy.outOfScope(rules.brand, rules.hotline ? copy.orCall(rules.hotline) : '');
  return enter(memory, { phase: 'idle' }, gapIn(memory, heard.text), say(text, option(copy, 'human')));
}

/** Words that end a talk, waiting or not. */
export const farewell =
  /^(?:没(?:有)?(?:别的|其他的?)?(?:事|问题)?了|没事了?|不用了?|不需要了?|(?:算了|那|就|先|我)*不(?:用)?等了?|就这(?:些|样)了?|没别的|再见|拜拜|bye|no,? thank)/i;

/** Short words of courtesy: greeting, thanks, nothing else. Nothing when there is more in the message. */
export function courtesy(heard: Heard): Turn | undefined {
  const { reads, copy, memory, at } = heard;
  if (heard.choice === 'nothingElse') return enter(memory, { phase: 'closed', at }, say(copy.goodbye));
  if (heard.choice === undefined && heard.text.length < 16 && farewell.test(heard.text))
    return enter(memory, { phase: 'closed', at }, say(copy.goodbye));
  if (isMindChanged(heard.text))
    return enter(memory, { phase: 'idle' }, say(lines(copy.fineThen, copy.anythingElse), option(copy, 'nothingElse')));
  if (reads.thanks) return enter(memory, { phase: 'idle' }, say(lines(copy.welcome, copy.anythingElse), option(copy, 'nothingElse')));
  if (reads.no) return enter(memory, { phase: 'closed', at }, say(copy.goodbye));
  if (reads.greeting) return enter(memory, { phase: 'idle' }, say(copy.hello, ...menuOptions(heard)));
  const role = heard.choice === undefined ? roleNamed(heard.text, copy) : undefined;
  if (role) return knowRole(heard, role);
  if (reads.yes && memory.tickets.length > 0) {
    const twice = /确认|提交|confirm/i.test(heard.text) && copy.doneAlready;
    return enter(memory, { phase: 'idle' }, say(lines(twice, copy.anythingElse), option(copy, 'nothingElse')));
  }
  if (reads.yes) return enter(memory, { phase: 'idle' }, say(copy.hello, ...menuOptions(heard)));
  if (isAnnouncementOnly(heard.text)) return enter(memory, { phase: 'idle' }, say(copy.goAhead));
  return undefined;
}

/** No clear wish: an answer when there is one, a form for whoever says who they are. */
function unsure(heard: Heard): Turn {
  const { memory, copy, reads, text } = heard;
  if (!/[\p{L}\p{N}]/u.test(text)) return enter(memory, { phase: 'idle' }, say(copy.noWords, ...menuOptions(heard)));
  if (reads.helpful === false) return miss(heard, gapIn(memory, memory.missed ?? text, 'unhelpful'));
  if (reads.helpful === true)
    return enter(memory, { phase: 'idle' }, say(lines(copy.glad, copy.anythingElse), option(copy, 'nothingElse')));
  return wantsRegistering(heard) ? register(heard) : inquire(heard);
}

/** Serves what a message asks for, in whichever phase free talk is possible. */
export function route(said: Heard): Turn {
  const heard = matterIn(said);
  const [intent] = intentsOf(heard).filter(({ name, score }) => name !== 'out-of-scope' || (score >= sure && !saysWhoOnly(heard)));
  if (asksProgress(heard)) return status(heard);
  if (heard.choice === undefined && isOrder(heard.text)) return asOrdered(heard);
  if (!intent || intent.score < half || !begins(intent, heard.text)) return unsure(heard);
  const form = formFor[intent.name];
  if (form && !(form === 'query' && isTrouble(heard)) && !(form === 'repair' && isOwnCard(heard))) return start(heard, form);
  switch (intent.name) {
    case 'human-request':
      return handOff(heard, 'asked');
    case 'ticket-status':
      return status(heard);
    case 'abuse':
      return calmDown(heard);
    case 'out-of-scope':
      return outOfScope(heard);
    case 'chitchat':
      return enter(heard.memory, { phase: 'idle' }, say(heard.copy.smallTalk, ...menuOptions(heard)));
    default:
      return unsure(heard);
  }
}

/** What we were speaking of is done; where it was nothing, they are asked for it. */
function asOrdered(heard: Heard): Turn {
  if (askedBefore(heard).issue) return register(heard);
  return enter(heard.memory, { phase: 'idle' }, say(heard.copy.doWhat, ...menuOptions(heard)));
}

function register(heard: Heard): Turn {
  const { decision, hits } = heard.gathered.knowledge;
  const department = decision === 'answer' ? hits[0]?.department : undefined;
  const found = extracted(heard).slots;
  const slots = identityIn(found);
  const matter = found.issue && !isOrder(heard.text) ? {} : askedBefore(heard);
  // An old and a new number are a change, whatever else was said.
  return start(recall(heard, { slots: { ...heard.memory.slots, ...slots } }), found.newPhone ? 'change' : 'intake', {
    slots: matter,
    ...(department !== undefined && { department }),
  });
}
