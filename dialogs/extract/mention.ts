/** How a thing is mentioned: as one's own, the new one, the old one, somebody else's, or the wrong one. Shared by school, class and phone. */
import { piece } from './pattern';
import { whose } from './whose';

const NEGATED = /(?<!是)(?:不是|并非|不在|(?:不要|别|不用)再?(?:打|发|用)到?(?:以前|原来)?(?:那个)?|不再是)(?:在|读|我|的|这个|[:, ])*$/;
const OTHERS = new RegExp(piece`
    (?:隔壁|旁边|对面|附近|别的|其[他它]|人家|他们|邻居|(?<!小)朋友|同事|亲戚|听说|比如|例如|别人|老大|姐姐|哥哥
    |表[弟妹哥姐])[^,。;!?\n]{0,5}$
  `);
const OLD = new RegExp(piece`
    (?:原来|原先|以前|之前|从前|本来|原|曾经?|旧|老|上学期|上个?学年|去年|[一-龥]{1,3}(?:的)?时候|(?<!现)从)(?:的|那个|我|她|他|孩子|登记的?
    |留的?|绑定?的?)*(?:学校|班级|班|手机号?码?|电话|号码?)?(?:都|就)?(?:是|在|读|念|上|就读于?|于|:|用的?是?)*\s*$
  `);
const LEFT_AFTER = new RegExp(piece`
  ^(?:的)?\s*(?:早就?|已经?|都|就)*(?:转(?!人工)|毕业|调到|升(?=[到学上了小中大初高一二三四五六七八九])|换到|换成|改成|改为|不用了|停机|停用|注销|不要了|丢了|废了
  |打不通|不(?:去|读|上|念|在)了|已经不)
`);
const NEW = new RegExp(piece`
    (?:实际上?|其实|真正|正确的?|现在|目前|如今|今年|这学期|现|新|转到|转去|转入|转进|转来|转学到|转学去|转学来|转|调到|调去|换到|换成|换了|升到
    |升入|改成|改为|变成|更换为|变更为|到了?|去了?)(?:的|了|个|我|她|他|孩子|用的?|爸爸|妈妈|爷爷|奶奶|老公|老婆|爱人
    |爸|妈)*(?:学校|班级|班|手机号?码?|电话|号码?|这个)?(?:是|在|读|念|上|就读于?|于|用|:|叫)*\s*$
  `);
const WRONGLY_KEPT =
  /(?:系统|平台|app|卡|名单|短信)(?:里面?|上面?)?(?:还|都|却)?(?:是|(?:写|登记?|录|显示|印|打)(?:的|成|了)*(?:还)?是?)$|(?:登记|写|录|显示|印|绑定?|弄|搞|分)成了?$/i;
const OWN = /(?:我家|我们|我|孩子|小孩|娃|女儿|儿子|孙子|孙女|本人|就读于?|在读)(?:的|是|在|读|上|念|就|:)*$/;
const CORRECTED = /(?:不对|错了|写错|说错|打错|发错|更正|纠正|应该是|应为|改成|改为|而是|哦不|噢不|啊不|不是[\s,]+是|,是)[^。;\n]{0,8}$/;

/** What stands before and after a mention, and whose it is (see `whose`). */
export type Surroundings = Readonly<{ before: string; after: string; whose: () => number }>;

export function surroundings(text: string, span: Readonly<{ start: number; end: number }>, reach = 14): Surroundings {
  return {
    before: text.slice(Math.max(0, span.start - reach), span.start),
    after: text.slice(span.end, span.end + 8),
    whose: () => whose(text, span),
  };
}

/** A word of the past that stands behind a word of correction counts: 「不对，上学期是大二班」. */
const wasOld = (before: string): boolean => {
  const old = OLD.exec(before);
  return old !== null && (CORRECTED.exec(before)?.index ?? -1) < old.index;
};

export const isOld = ({ before, after }: Surroundings): boolean => wasOld(before) || LEFT_AFTER.test(after);
export const isNew = ({ before }: Surroundings): boolean => NEW.test(before);
export const isNegated = ({ before }: Surroundings): boolean => NEGATED.test(before);
export const isOthers = ({ before }: Surroundings): boolean => OTHERS.test(before);

/** The higher, the more the mention is the customer's own and current one. `owner` is the part of it that tells whose it is. */
export function standing(where: Surroundings, owner = where.whose()): number {
  let score = owner;
  if (isNegated(where)) score -= 10;
  if (isOld(where)) score -= 4;
  if (WRONGLY_KEPT.test(where.before)) score -= 3;
  if (isNew(where)) score += 3;
  if (owner >= 0 && OWN.test(where.before)) score += 1;
  if (CORRECTED.test(where.before) && !wasOld(where.before)) score += 4;
  return score;
}

/** The best standing; the first of equals. */
export function best<T>(candidates: readonly T[], score: (candidate: T) => number): T | undefined {
  let winner: T | undefined;
  let top = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates) {
    const its = score(candidate);
    if (its > top) {
      top = its;
      winner = candidate;
    }
  }
  return winner;
}
