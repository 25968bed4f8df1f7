/** Names announced by the words before them: 孩子叫…, 姓名:…, 我叫…, 我家…. */
import { DOTTED, fits, nameAt, nameLength } from './nameShape';
import { matches, piece } from './pattern';
import { CHILD, KIN } from './people';
import type { Span } from './types';

const KIN_BEHIND = new RegExp(`^(?:的)?(?:${KIN})`);
const CALLED = '(?:的)?(?:大名|全名|名字|姓名|名)?\\s*(?:叫做|叫作|叫|名叫|是叫|就是|是|为|:|=)\\s*(?:做)?\\s*';

type Clue = Readonly<{ pattern: RegExp; sure: boolean; pupil: boolean; score: number }>;
/** Words that announce a name right behind them. */
const BEFORE: readonly Clue[] = [
  { pattern: /(?:学生|孩子|小孩|宝宝|娃|小朋友)(?:的)?(?:姓名|名字|大名|全名)\s*(?:叫|是|为|:|=|\s)*/g, sure: true, pupil: true, score: 9 },
  { pattern: new RegExp(`(?:${CHILD})${CALLED}`, 'g'), sure: true, pupil: true, score: 8 },
  { pattern: /(?:[他她]|娃|名字|大名|学名)\s*(?:叫做|叫作|就叫|叫|是叫|名叫)\s*/g, sure: true, pupil: true, score: 7 },
  { pattern: /(?:姓名|名字|名称叫)\s*(?:叫|是|为|:|=)+\s*/g, sure: true, pupil: true, score: 7 },
  { pattern: /(?:姓名|名字)[^,。;\n]{0,6}错了?[^;\n]{0,3}(?:是|叫)\s*/g, sure: true, pupil: true, score: 8 },
  { pattern: /(?:有|是)?一?个(?:学生|孩子|同学|小孩)?(?:名)?叫做?\s*/g, sure: true, pupil: true, score: 6 },
  { pattern: /my (?:son|daughter|child|kid|boy|girl)(?:'s name)? is\s*/gi, sure: true, pupil: true, score: 8 },
  { pattern: /(?:姓名|名字|学生名|大名)\s*/g, sure: false, pupil: true, score: 7 },
  {
    pattern: new RegExp(`(?:我家|我们家|我(?:的)?|俺家|咱家|我们班|班上|班里|本班)(?:的)?(?:${CHILD}|那个)\\s*`, 'g'),
    sure: false,
    pupil: true,
    score: 6,
  },
  {
    pattern: new RegExp(
      piece`
        (?:我家|我们家|俺家|咱家|我们班(?:的|有个)?|我班(?:的)?|班上(?:的)?|班里(?:的)?|本班(?:的)?|学生|同学|学员
        |改成|更正为|应该是|而是)\s*
      `,
      'g',
    ),
    sure: false,
    pupil: true,
    score: 5,
  },
  { pattern: /(?:他|她|娃儿?|[,。;\s])(?:的?名字)?喊(?:做)?\s*/g, sure: false, pupil: true, score: 5 },
  { pattern: new RegExp(`(?:我家|我们家|${CHILD})[一-龥]{1,3}就是\\s*`, 'g'), sure: false, pupil: true, score: 6 },
  { pattern: new RegExp(`(?:${CHILD})\\s*`, 'g'), sure: false, pupil: true, score: 4 },
  {
    pattern: /(?:我叫|本人叫|我的名字叫?是?|我名字叫?是?|我姓名是?|鄙人|my name is|i'm|i am|this is)\s*/gi,
    sure: true,
    pupil: false,
    score: 3,
  },
  {
    pattern: /(?:我是|本人是?|这里是|我们是|联系人:?|联系人是|管理员|班主任|任课老师|老师|教师|校长|园长|主任|俺是|我系|偶是)\s*/g,
    sure: false,
    pupil: false,
    score: 2,
  },
];
/** A clause that opens with 叫…, a nickname behind 我家, an English name at its head. */
const CALLED_FIRST = /(?:^|[,。;\s\uE000])(?:名|就|是)?叫(?:做|作)?\s*/g;
const NICKNAME = /(?:我家|我们家|俺家|咱家)((?:小|阿)[一-龥]|([一-龥])\2)(?=$|[^一-龥]|的|在|今|昨|刷|没|读|上|收|不|\uE000)/g;
const ENGLISH_FIRST = /(?:^|[,。;\s\uE000])([A-Z][a-z]{1,11})(?=的|在|读|上|同学|今|刷|没|\uE000)/g;
const NO_ENGLISH_NAME = /^(?:App|Word|Excel|Hello|Hi|Grade|Class|Wifi|Android|Ios|Iphone|Windows|Chrome|Ok|Vip|Ppt|Pdf)$/;
export type Candidate = Span & Readonly<{ score: number }>;

export const KIN_WORD = new RegExp(piece`
    宝宝|妈妈|爸爸|哥哥|姐姐|弟弟|妹妹|爷爷|奶奶|小学|小孩|小区|小姐|小妹|小弟|姑姑|叔叔|舅舅|婆婆|天天|常常|往往|刚刚
    |娃娃|大家|阿姨|阿婆|阿公
  `);

/** No ·-name is longer; a search of the whole rest at every announcement would be quadratic. */
const LONGEST_DOTTED = 36;

function dottedAt(rest: string): string | undefined {
  const match = DOTTED.exec(rest.slice(0, LONGEST_DOTTED));
  return match?.index === 0 ? match[0] : undefined;
}

/** Names announced by a word before them. */
export function announced(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const { pattern, sure, pupil, score } of BEFORE)
    for (const match of matches(text, pattern)) {
      const start = match.index + match[0].length;
      const rest = text.slice(start);
      const length = nameLength(rest);
      const name = sure ? nameAt(rest) : length > 0 ? rest.slice(0, length) : dottedAt(rest);
      if (name === undefined || (!pupil && KIN_BEHIND.test(text.slice(start + name.length)))) continue;
      found.push({ start, end: start + name.length, value: name, score });
    }
  for (const match of matches(text, CALLED_FIRST)) {
    const start = match.index + match[0].length;
    const name = nameAt(text.slice(start));
    if (name !== undefined) found.push({ start, end: start + name.length, value: name, score: 6 });
  }
  for (const match of matches(text, NICKNAME)) {
    const name = match[1] ?? '';
    const start = match.index + match[0].length - name.length;
    if (!KIN_WORD.test(name) && fits(name)) found.push({ start, end: start + name.length, value: name, score: 4 });
  }
  for (const match of matches(text, ENGLISH_FIRST)) {
    const name = match[1] ?? '';
    const start = match.index + match[0].length - name.length;
    if (!NO_ENGLISH_NAME.test(name)) found.push({ start, end: start + name.length, value: name, score: 3 });
  }
  return found;
}
