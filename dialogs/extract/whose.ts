/** Whose a school, a class or a number is: the child's the customer speaks for, or somebody else's. The person named last before it decides. */
import { matches, piece } from './pattern';

const PUPIL = '孩子|小孩子?|娃儿?|儿子|女儿|闺女|姑娘|丫头|小子|妞妞?|伢|妮儿?|囡囡';
/** Somebody the matter is not about, with the family or the child that belongs to them. */
const OTHER = piece`
  (?:(?<![回搬到在])(?!自家)[^我俺咱们\s回搬到在,。]{1,3}家的?(?=孩子|娃|闺女|儿子|女儿|小孩)|隔壁|邻居|对门|楼[上下]|(?<!小)朋友|同事|工友|老乡|闺蜜|亲戚|人家|别人|别个|别的|其[他它]|他们|同桌|听说|比如|例如
  |[他她]的?(?:好|老)?同学|同学家|有个同学|[他她娃孩子儿]的?(?:(?:表|堂)?(?:姐姐?|哥哥?|弟弟?|妹妹?))
  |(?:我|俺|咱)?的?(?:表|堂)[姐哥弟妹]|(?:我|俺|咱)?的?(?:姐姐?|哥哥?|妹妹?|弟弟?|嫂子?|舅舅?|姨|姑姑?|叔叔?)家|(?<![我家])(?:姐姐|哥哥))
  (?:家|们|那)?里?的?(?:${PUPIL})?
`;
/** A child of the family who may not be the one concerned. */
const KIN = '(?:我|俺|咱)?的?(?:大|小)?(?:侄子|侄女|侄儿|外甥女?)';
const SIBLING = '老[大二三幺]|[大小]的|[大二三]宝|[大小](?:儿子|女儿|娃|闺女|姑娘|子)|(?<=[我家])(?:姐姐|哥哥)|弟弟|妹妹|姐姐|哥哥';
const OWN = `(?:我们?家|俺家|咱家|我们|我的|我|俺|咱)的?(?:${PUPIL})?|${PUPIL}|[他她]?自己|本人|[他她]`;
const PERSON = new RegExp(`(${OTHER})|(${KIN})|(${SIBLING})|${OWN}`, 'g');
/** Farther off, a person has nothing to do with it. */
const REACH = 6;
const LABEL = `${SIBLING}|儿子|女儿|闺女`;
/** 「这回说的是老大」「就是小的这个收不到」: which of several the matter is about. */
const FOCUS = new RegExp(
  `(?:(?:这[回次]|主要|今天|现在|我)?(?:说|问|讲|指|办|弄|报)的(?:就)?是|就是|只有|是)(?:我家)?(${LABEL})(?=这|那|的?[收没不打刷卡]|的?[,。;\\s]|$)`,
);
const TROUBLED = new RegExp(
  `(${LABEL})(?:的|那个|这个|那边|这边)*(?:手机|学生卡|卡|短信)?(?:老是?|一直|都|今天|又|现在)*(?:收不|没收|刷不|没(?:有)?短信|丢|坏|登不|绑不)`,
);
/** Labels that tell children apart from one another; 老大 and 儿子 may be the same child. */
const SETS: readonly (readonly string[])[] = [
  ['老大', '老二', '老三', '老幺'],
  ['大的', '小的'],
  ['大宝', '二宝', '三宝'],
  ['儿子', '女儿', '闺女'],
  ['姐姐', '哥哥', '弟弟', '妹妹'],
  ['大儿子', '小儿子', '大女儿', '小女儿', '大闺女', '小闺女', '大娃', '小娃'],
];
/** Asked for somebody else, who is then the one concerned. */
const BEHALF = new RegExp(`(?:帮|替|代)(?:我)?(?:${OTHER})|(?:${OTHER}|(?:我|俺)(?:姐姐?|哥哥?|妹妹?|弟弟?|嫂子?))(?:叫|让|托|喊)我`);
const OWNED_BY_OTHER = new RegExp(
  `^(?:那个|这个)?(?:就|才|都)?(?:是|属于)(?:(?:${KIN})|(?:我|俺|[他她])?的?(?:表|堂)?(?:姐姐?|哥哥?|弟弟?|妹妹?)|${OTHER})(?:们?家)?(?:的|上|读|念|在)`,
);
const NOT_OURS = new RegExp(`^[^。;\\n]{0,16}不是我(?:家|们)?的?(?:${PUPIL})?(?:家)?的`);
/** Beside it, not in it. */
const NEAR = /^(?:的|门口)?(?:旁边|附近|对面|隔壁|后面|背后|对过|边上|那条街|那一带)(?!的?(?:机|考勤|刷卡|话机))/;

/** 「收到实验小学发的短信」: who wrote may be another school. */
const SENDER = /^(?:平台)?发(?:的|来|给)/;

/** Where the customer works is not where the child learns: 「我在三中教书，女儿在一小」. */
const WORKPLACE =
  /^(?:里|这边)?(?:的)?(?:教书|任教|任职|教[一-龥]{2}(?=[,。;\s])|当[一-龥]{0,4}老师|做老师|带班|上班|工作|打工|食堂|门卫|保安|后勤|保洁|宿管|(?:[一-龥]{2})?(?:教师|老师|职工|员工))/;
const OWN_CHILD = new RegExp(`(?:我们?|俺|咱|自己|自家|本人|[,。;!?\\s])的?(?:家)?的?(?:${PUPIL})(?!们)`);

/** Below nought: somebody else's; above: the one the matter is said to be about. */
export function whose(text: string, span: Readonly<{ start: number; end: number }>): number {
  const after = text.slice(span.end, span.end + 24);
  if (OWNED_BY_OTHER.test(after) || NOT_OURS.test(after) || NEAR.test(after)) return -8;
  if (SENDER.test(after) || (WORKPLACE.test(after) && OWN_CHILD.test(text))) return -3;
  const clause = /[^,。;!?\n]*$/.exec(text.slice(Math.max(0, span.start - 20), span.start))?.[0] ?? '';
  const last = matches(clause, PERSON).at(-1);
  if (!last || clause.length - last.index - last[0].length > REACH) return 0;
  const [said, other, kin, sibling] = last;
  if (other) return BEHALF.test(text) ? 0 : -6;
  if (kin) return -2;
  const label = sibling ?? new RegExp(`(?:${LABEL})$`).exec(said)?.[0];
  if (label === undefined) return 0;
  const meant = (FOCUS.exec(text) ?? TROUBLED.exec(text))?.[1];
  if (meant === label) return 4;
  if (meant && SETS.some((set) => set.includes(meant) && set.includes(label))) return -6;
  return /老大|姐|哥/.test(label) ? -2 : 0;
}
