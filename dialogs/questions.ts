/** Several questions in one message: 「怎么开通？要多少钱？」 is two, each with an answer of its own. */
import { reads } from './extract/control';

/** What certainly ends a question, and what may stand between two. */
const ENDS = /(?<=[?？])|[\n。；;]+/u;
const BETWEEN = /[，,、\s]*(?:还有|然后|另外|再问(?:一下|下)?|顺便(?:问(?:一下|下)?)?|再就是|以及)[，,：:\s]*|[，,]+/u;
/** Numbers and signs before an item of a list. */
const BULLET = /^[\s、，,.．·•*-]*(?:[(（]?[0-9０-９一二三四五六七八九十]{1,2}[)）.．、:：]\s*)?/u;
const LEAST = 3;
const AT_MOST = 3;

/** 「扣不扣」, and words that ask for nothing without what stands around them. */
const EITHER = /(\p{Script=Han})不\1/u;
const BARE = /^(?:为什么|为啥|怎么办|咋办|怎么回事|是不是|什么意思|在吗|行吗|可以吗)[?？]*$/;

const words = (text: string): number => text.match(/\p{Script=Han}|[\p{Script=Latin}\p{N}]+/gu)?.length ?? 0;
const asks = (text: string): boolean => words(text) >= LEAST && !BARE.test(text.trim()) && (EITHER.test(text) || reads(text).question);

/** The questions of a text, two or three; nothing when it asks one thing or tells a story. */
export function questionsIn(text: string): readonly string[] {
  const sentences = text.split(ENDS).flatMap(apart);
  const questions = sentences.map((part) => part.replace(BULLET, '').trim()).filter((part) => words(part) >= LEAST);
  const asked = questions.filter(asks);
  // Half of it told: what is asked belongs to what is told.
  return asked.length >= 2 && asked.length <= AT_MOST && asked.length === questions.length ? asked : [];
}

/** Parts of a sentence, when each asks by itself. */
function apart(sentence: string): readonly string[] {
  const parts = sentence.split(BETWEEN).filter((part) => part.trim() !== '');
  return parts.length > 1 && parts.every(asks) ? parts : [sentence];
}
