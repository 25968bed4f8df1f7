/** The smaller fields that can be read without being asked: who the speaker is to the pupil, a remark at the end. */
import type { SlotName } from '../vocabulary';
import type { Span } from './types';

const RELATIONS: readonly (readonly [string, string])[] = [
  ['母亲', '妈妈|妈咪|母亲|老妈|妈'],
  ['父亲', '爸爸|父亲|老爸|爸'],
  ['爷爷', '爷爷'],
  ['奶奶', '奶奶'],
  ['外公', '外公|姥爷|阿公'],
  ['外婆', '外婆|姥姥|阿婆'],
  ['哥哥', '哥哥'],
  ['姐姐', '姐姐'],
  ['叔叔', '叔叔'],
  ['姑姑', '姑姑'],
  ['舅舅', '舅舅'],
  ['姨妈', '姨妈|阿姨'],
  ['监护人', '监护人'],
];
const SAID = RELATIONS.map(
  ([value, words]) => [value, new RegExp(`我是[^,。;!?\\n]{0,24}?(?:的|他|她|孩子|\uE000)(?:${words})(?![们的])`)] as const,
);
const ANSWERED = RELATIONS.map(
  ([value, words]) => [value, new RegExp(`^(?:我是)?(?:[他她]|孩子|学生)?的?(?:${words})[。!呀啊]*$`)] as const,
);

/** 「我是王小明的妈妈」 → 母亲. */
export function findRelation(text: string): Span | undefined {
  for (const [value, pattern] of SAID) {
    const match = pattern.exec(text);
    if (match) return { start: match.index, end: match.index + match[0].length, value };
  }
  return undefined;
}

/** Nothing in it says who somebody is to a child. */
export const namesNoRelation = (text: string): boolean =>
  !/[妈爸父母爹娘爷奶婆嬷叔伯婶姑舅姨姐哥嫂弟妹姥祖]|[外阿太公]公|亲(?:戚|属|人)|监护|家[长属人]|老师|保姆|阿姨|托管|邻居|朋友|司机|本人|自己|学生|孩子|[a-z]{3,}/i.test(
    text,
  );

/** 「妈妈」 and nothing else. */
export const isRelation = (text: string): boolean => ANSWERED.some(([, pattern]) => pattern.test(text.trim()));

export function readRelationAnswer(text: string): string {
  return ANSWERED.find(([, pattern]) => pattern.test(text.trim()))?.[0] ?? text.trim();
}

/** Longest and shortest answers taken as written, in characters. */
export const LENGTHS: Readonly<Partial<Record<SlotName, readonly [number, number]>>> = {
  issue: [2, 2000],
  remark: [1, 1000],
  relation: [1, 20],
  place: [1, 100],
  device: [1, 100],
  since: [1, 60],
  recipients: [1, 200],
  eventTime: [1, 60],
  item: [1, 100],
  against: [1, 100],
  reason: [1, 500],
};
