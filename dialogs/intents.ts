/**
 * What the customer wants, best guess first, each with its reasons.
 *
 * Three witnesses are weighed against each other: what was learnt from examples, how sure the knowledge base is, and readable rules.
 * Their opinions add up as logarithms, so that the scores of all intents together are 1. Asking how, why or how much is a question;
 * asking us to do it is a transaction; anger with a demand is a complaint; danger to a child, account theft and a notice missing before its
 * event outrank everything.
 */

import { asksForHuman, reads } from './extract/control';
import { mandarin } from './extract/dialect';
import { clip, normalize } from './extract/text';
import { likelyIncident } from './intents/incident';
import { type Mood, moodOf } from './intents/mood';
import { RULES } from './intents/rules';
import { type Classified, type Decision, INTENT_NAMES, type Intent, type IntentName, type Knowledge, type SlotName } from './vocabulary';

export type IntentContext = Readonly<{ classified: readonly Classified[]; knowledge: Knowledge; asked?: SlotName }>;

export { SELF_HARM } from './intents/incident';

/** A rule that is sure of itself beside a guess, and alone where nothing was ever learnt of the words. */
const RULE_BESIDE_GUESS = 2;
const RULE_ALONE = 5;
/** Danger outranks everything else a message may say (S4-10): its rules count so much more. */
const DANGER = 2;
/** A guess of nothing would forbid what a rule or the knowledge base is sure of. */
const LEAST_GUESS = 1e-6;
/** What is less likely is not worth naming. */
const LEAST = 0.1;

/** How much likelier an intent gets by what the knowledge base makes of the words, as logarithms; questions are half of all that was learnt. */
const BY_KNOWLEDGE: Readonly<Record<Decision, Readonly<Partial<Record<IntentName, number>>>>> = {
  answer: { faq: 0.5, 'out-of-scope': -1.5, chitchat: -1.5, 'urgent-incident': -1 },
  clarify: { faq: -0.5, 'out-of-scope': -1.5 },
  none: { faq: -1, 'out-of-scope': 0.3 },
};

type Said = { score: number; readonly why: string[] };
type Rules = ReadonlyMap<IntentName, Readonly<Said>>;

/** What the rules say: the strongest of an intent counts, all give their reason. */
function rulesOn(original: string, text: string, mood: Mood): Rules {
  const said = new Map<IntentName, Said>();
  const say = (name: IntentName, score: number, why: string): void => {
    const before = said.get(name);
    if (!before) said.set(name, { score, why: [`rule: ${why}`] });
    else {
      before.score = Math.max(before.score, score);
      before.why.push(`rule: ${why}`);
    }
  };
  for (const { name, score, why, when, unless, mood: only } of RULES)
    if ((!only || only(mood)) && when.test(text) && !unless?.test(text)) say(name, score, why);
  if (asksForHuman(original)) say('human-request', 0.97, 'asks for a person');
  const control = reads(original);
  if (control.greeting) say('chitchat', 0.92, 'greeting');
  if (control.thanks) say('chitchat', 0.92, 'thanks');
  if (control.yes || control.no) say('chitchat', 0.5, 'only yes or no');
  return said;
}

/** Where nothing was learnt of the words, what is asked is a question, and what is told most likely one as well. */
function unlearnt(mood: Mood): Readonly<Said> {
  return { score: mood.asks ? 0.6 : 0.4, why: [mood.how ? 'asks how or why' : mood.asks ? 'asks whether' : 'tells something'] };
}

/** Intents best first, never empty; the scores of all are 1 together. */
export function understand(message: string, { classified, knowledge, asked }: IntentContext): readonly Intent[] {
  const original = clip(message);
  const text = mandarin(normalize(original)).trim();
  const mood = moodOf(text);
  const rules = rulesOn(original, text, mood);
  const guesses = new Map(classified.map(({ name, score }) => [name, score]));
  const alone = guesses.size === 0;
  const byKnowledge = BY_KNOWLEDGE[knowledge.decision];
  const weighed = INTENT_NAMES.map((name) => {
    const said = rules.get(name) ?? (alone && name === 'faq' ? unlearnt(mood) : undefined);
    const guess = guesses.get(name) ?? 0;
    // A bare answer to the question just asked is none of the things people write by themselves.
    const foreign = asked !== undefined && name === 'out-of-scope' && !said;
    const weight =
      (alone ? 0 : Math.log(Math.max(LEAST_GUESS, guess))) +
      (byKnowledge[name] ?? 0) +
      (said?.score ?? 0) * (alone ? RULE_ALONE : RULE_BESIDE_GUESS) * (name === 'urgent-incident' ? DANGER : 1);
    return { name, guess, said, likelihood: foreign ? 0 : Math.exp(weight) };
  });
  const total = weighed.reduce((sum, { likelihood }) => sum + likelihood, 0);
  const intents = weighed.map(({ name, guess, said, likelihood }): Intent => {
    const [hit] = knowledge.hits;
    const why = [
      ...(said?.why ?? []),
      ...(alone ? [] : [`learnt: ${guess.toFixed(2)}`]),
      ...(name === 'faq' && hit && knowledge.decision !== 'none'
        ? [`knowledge: ${knowledge.decision} ${hit.article} ${hit.score.toFixed(2)}`]
        : []),
      ...(name === 'urgent-incident' && !said ? [`likely: ${likelyIncident(text)}`] : []),
    ];
    return { name, score: Math.round((1000 * likelihood) / total) / 1000, why: why.length > 0 ? why : ['nothing else fits'] };
  });
  intents.sort((a, b) => b.score - a.score);
  return intents.filter(({ score }, index) => index === 0 || score >= LEAST);
}
