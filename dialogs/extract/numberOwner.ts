/** Whose a phone number is: one of somebody outside the family is no way to reach the customer, unless they say to use it. */
import { matches, piece } from './pattern';

const OUTSIDER =
  '群主|群管理员?|家委会?(?:会长|主任)?|(?<!小)朋友|邻居|同事|同学(?:家长|妈妈|爸爸)?|班长|房东|物业|推销的?|中介|业务员|(?:安装|维修)(?:师傅|员)|前夫|前妻';
const STAFF = '(?:[一-龥]{1,2})?(?:老师|班主任|园长|校长|主任|教导|辅导员)(?:[一-龥]{1,3}老师)?|师傅|门卫|保安';
const TITLE = /老师|班主任|园长|校长|主任|教导|辅导员|师傅|门卫|保安/;
const OURS = piece`
  孩子|小孩|娃|儿子|女儿|孙|闺女|囡囡|妈妈?|爸爸?|爷爷|奶奶|姥[姥爷]|外[公婆]|老公|老婆|爱人|家长|本人|我(?!们|班|校)
`;
const NUMBER =
  '(?:个人|私人|家)?(?:留|给|发)?的?(?:手机号?码?|电话号?码?|联系方式|联系电话|座机|微信|号码?)?(?:也|都|就)?(?:是|为|:)?\\s*$';
const OWNED = new RegExp(`(?:(${OUTSIDER})|(${STAFF}))${NUMBER}`);
const PRONOUN = new RegExp(`[他她](?:们|老人家)?${NUMBER}`);
const NAMED = new RegExp(`(${OUTSIDER}|${STAFF})|${OURS}`, 'g');
/** 「打园长电话…」「电话写村委会的」: a number of another's that is to be used. */
const USE = /(?:打|拨|联系人?|找|写|留|记|登记|填|用|回|加上?|发到?)(?:到|给|我们?|成|上|一?下|[你您]们?|可以|就|:)*$/;
/** 「你们联系他就行」 behind it. */
const USED_AFTER = /^[^。;!?\n]{0,10}(?:联系|打给?|发给?)(?:[他她])(?:就|吧|即可)/;
/** The customer is a parent: what belongs to a teacher is not theirs. */
const PARENT = /(?:我们?|俺|咱|阿拉)的?(?:家|屋头)|孩|娃|儿子|女儿|孙|闺女|丫头|囡|宝宝|妮儿|[崽仔伢]|家长/;
const TEACHER = /(?:我是|本人|我们是)[^,。;!?]{0,14}(?:老师|主任|园长|校长)/;
const REPORTED = /[他她](?:说|讲|让|叫|喊|不|也不|没)|(?:让|叫|喊)(?:我|找|联系|问)|(?:你们?可以|你们?|可以)(?:去)?问/;
const NOT_TO_USE =
  /^[^。;!?\n]{0,14}?(?:(?:不用(?:动|改|打|管|变)|别(?:打|动|改)|不要(?:打|动|改))(?!到?(?:前|后|上|下|头|第[一二]|最后)[^,。;]{0,3}[个号]|[^,。;]{0,4}\d{7})|已经?(?:登记|绑定?|留)过)/;

const FAMILY = '妈妈?|爸爸?|爷爷|奶奶|姥姥|姥爷|外公|外婆|老公|老婆|爱人|我';
/** 「以后发妈妈的」: of the family's numbers the one to use. */
const CHOSEN = new RegExp(`(?:发|打|留|用|填|写|登记?|绑)(?:给|到|成|定)?(?:孩子|[他她我])?(${FAMILY})的(?!手机|电话|号)`);
const ON_BEHALF = new RegExp(`(?:帮|替|代)(?:我)?(?:${OUTSIDER})`);

/** Nought for the customer's own and their family's, far below for a number that is not to be filled in. */
export function numberOwner(text: string, span: Readonly<{ start: number; end: number }>): number {
  if (NOT_TO_USE.test(text.slice(span.end, span.end + 24))) return -10;
  const before = text.slice(Math.max(0, span.start - 40), span.start);
  const clause = /[^,。;!?\n]*$/.exec(before)?.[0] ?? '';
  const chosen = CHOSEN.exec(text)?.[1];
  if (chosen !== undefined && new RegExp(`${chosen.charAt(0)}[妈爸爷奶姥公婆人]?${NUMBER}`).test(clause)) return 5;
  const parent = PARENT.test(text) && !TEACHER.test(text);
  const owned = ON_BEHALF.test(text) ? null : OWNED.exec(clause);
  if (owned) {
    // The surname before a title may be none: 打园长, 写李老师.
    const lead = clause.slice(0, owned.index + Math.max(0, owned[0].search(TITLE)));
    if (
      [0, 1, 2].some((name) => USE.test(lead.slice(0, lead.length - name))) ||
      /我是[^,。]{0,12}$/.test(lead) ||
      USED_AFTER.test(text.slice(span.end, span.end + 24))
    )
      return 0;
    return owned[1] || parent || REPORTED.test(text) ? -8 : 0;
  }
  const pronoun = PRONOUN.exec(clause);
  if (!pronoun || USE.test(clause.slice(0, pronoun.index))) return 0;
  const antecedent = matches(before.slice(0, before.length - clause.length + pronoun.index), NAMED).at(-1)?.[1];
  return antecedent && (parent || new RegExp(OUTSIDER).test(antecedent)) ? -8 : 0;
}
