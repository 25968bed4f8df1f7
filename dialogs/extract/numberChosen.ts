/** Of several numbers told together the one that is meant: 「打后面那个」「第二个是单位的」「有事找妈妈」「优先手机」. */
import { matches, piece } from './pattern';
import type { Span } from './types';

const FIRST = '(?:前面|前|上面|上|第[一1]|头)(?:的|那|这|一|1)*(?:个|号|条)';
const SECOND = '(?:后面|后|下面|下|第[二2])(?:的|那|这|一|1)*(?:个|号|条)';
const LAST = '最后(?:的|那|这|面)*一?个';
const NO_NUMBER = '(?!月|学期|星期|礼拜|孩|娃|班|问题|事|短信|月|人|老师|学校|小时|学年|年级)';
const ORDINAL = new RegExp(`(?:(${LAST})|(${SECOND})|(${FIRST}))(?:号码?|手机|电话)?${NO_NUMBER}`, 'g');
const AGAINST_BEFORE = /(?:别|不要|不用|不必|勿|甭|莫)(?:再|去)?(?:打|用|发|联系|拨|管)?(?:到|给)?(?:我)?(?:的)?$/;
const AGAINST_AFTER = piece`
  ^[^,。;!?\n]{0,3}(?:(?:已经?|都|老|总|是|早就?)*(?:不用了?|停机|停用|打不通|没人(?!接)|没人接|没信号|没电|充电|关机|丢了|不是我|欠费|不方便|不在|注销|作废|别打|别发|空号)
  |是?(?:单位|公司|老人|以前|旧|老号|微信|办公室))(?!的话|时|就|再|才)
`;
const DISUSED = new RegExp(AGAINST_AFTER);
const FOR_AFTER = /^[^,。;!?\n]{0,4}(?:才?是我的|常用|常开|常在|随时|优先|打得通|在用|联系我|方便|就行|是对的|为准|没错)/;

/** Who or what a number may be told by: the words before it. */
const KINDS: readonly (readonly [string, string])[] = [
  ['(?:孩子|娃|[他她])?的?(?:妈妈?|母亲|老妈)', '妈'],
  ['(?:孩子|娃|[他她])?的?(?:爸爸?|父亲|老爸)', '爸'],
  ['爷爷', '爷'],
  ['奶奶', '奶'],
  ['(?:外公|姥爷)', '公|姥爷'],
  ['(?:外婆|姥姥)', '婆|姥姥'],
  ['老公', '老公'],
  ['(?:老婆|爱人)', '老婆|爱人'],
  ['(?:办公室|单位|公司)', '办公室|单位|公司'],
  ['(?:家里|屋里)', '家里?|屋里'],
  ['(?:私人|个人)', '私人|个人'],
];
const MEANT = KINDS.map(
  ([said, label]) =>
    [
      new RegExp(
        `(?:打|拨|联系|找|发|留|用|填|写|优先|记|回)(?:给|到|成|一?下)?(?:我)?${said}(?:的|那|这|个|号|手机|电话|就|吧|$|0|[,。;!\\s])`,
      ),
      new RegExp(`(?:${label})[人妈爸爷奶]?(?:的)?(?:手机|电话|号码?|固话|座机)*(?:是|为|:|\\s)*$`),
      new RegExp(`^\\s*\\((?:是)?(?:我)?(?:${label})`),
    ] as const,
);
const MOBILE_MEANT =
  /(?:打|拨|优先|用|发|找)(?:我)?(?:的|到)?手机(?!号)|手机(?:优先|为准|随时)|(?:座机|固话)[^,。;]{0,6}(?:没人|不用打|别打|打不通)/;
const LANDLINE_MEANT =
  /(?:打|拨|优先|用)(?:我)?(?:的|到)?(?:家里|办公室|学校)?(?:座机|固话)|手机[^,。;\d]{0,4}(?:不方便|没信号|没人|别打|打不通|不让带)/;

/** 「(我开会不方便)」 */
const BUSY = /^[(,]?我?[一-龥]{0,3}(?:不接|不方便|没空|听不[到清见]|不带|没人)/;
const CLAUSE_AFTER = /^[^,。;!?\n]{0,3}$/;
const MINE = /(?:^|[^给找叫让帮替])(?:我|本人|俺|自己)的?(?:手机|电话|号码?|微信)*(?:是|为|:|\s)*$/;
const CALL = /(?:打给?|回|拨|找|(?<!在|不要?|别)用)我?(?:的?(?:手机|电话))?(?:用|打|是|:|\s)*$/;
const FALLBACK = /(?:打不通|没人接?|不接)(?:的话|时)?(?:就|再|可以|则)*(?:打|拨|找)?$/;
const CHAT = /^\s*\(?(?:这个?|那个?)?(?:是|为)(?:我的?)?(?:微信|QQ|qq|支付宝)(?!同)/;

/** Whether an ordinal word speaks for or against the number it points at. */
function speaks(text: string, start: number, end: number): number {
  if (AGAINST_BEFORE.test(text.slice(Math.max(0, start - 8), start)) || DISUSED.test(text.slice(end, end + 12))) return -8;
  const before = text.slice(Math.max(0, start - 10), start);
  if (FALLBACK.test(before)) return -3;
  const chosen = /(?:打|拨|发|用|留|联系|以|优先|存|记|写|填|选|就|要|回)(?:我|到|给|的|先|成|那|:|\s)*$/.test(before);
  return chosen || FOR_AFTER.test(text.slice(end, end + 12)) || CLAUSE_AFTER.test(text.slice(end)) ? 8 : 0;
}

/** For each of the numbers, in the order of the text, what is said for or against it beside the others; nothing of a number alone. */
export function choice(text: string, numbers: readonly Span[]): readonly number[] {
  if (numbers.length < 2) return numbers.map(() => 0);
  const scores = numbers.map((span, index) => {
    const before = text.slice(Math.max(numbers[index - 1]?.end ?? 0, span.start - 14), span.start);
    const after = text.slice(span.end, Math.min(numbers[index + 1]?.start ?? text.length, span.end + 14));
    const aside = /^\s*\(?是?我?/.exec(after)?.[0].length ?? 0;
    let score = 0;
    if (MEANT.some(([said, label, behind]) => said.test(text) && (label.test(before) || behind.test(after)))) score += 8;
    if (MINE.test(before)) score += 3;
    if (CALL.test(before)) score += FALLBACK.test(before) ? -3 : 3;
    if (DISUSED.test(after) || BUSY.test(after)) score -= 5;
    if (FOR_AFTER.test(after.slice(aside))) score += 3;
    if (CHAT.test(after)) score -= 5;
    const landline = span.value.startsWith('0');
    // Nothing else said, a mobile number reaches its owner anywhere.
    if (!landline) score += MOBILE_MEANT.test(text) ? 5 : 1;
    if (LANDLINE_MEANT.test(text) && landline) score += 4;
    return score;
  });
  const at = (which: RegExpExecArray): number => (which[1] ? numbers.length - 1 : which[2] ? 1 : 0);
  const masked = numbers.reduce((said, { start, end }) => said.slice(0, start) + '\uE003'.repeat(end - start) + said.slice(end), text);
  for (const which of matches(masked, ORDINAL)) {
    const index = at(which);
    scores[index] = (scores[index] ?? 0) + speaks(masked, which.index, which.index + which[0].length);
  }
  return scores;
}
