/**
 * Phone numbers in free text, and numbers meant as one that cannot be.
 *
 * Two numbers: `phone` is where we can reach the customer, so the one marked as contact, else the new one; never one marked old,
 * negated or somebody else's. `newPhone` is set only when a number is marked as the new one.
 */

import { ANY_DIGIT, digitsOf, numberOf, SPOKEN_DIGITS } from './digits';
import { best, isNegated, isNew, isOld, isOthers, standing, surroundings } from './mention';
import { choice } from './numberChosen';
import { numberOwner } from './numberOwner';
import { matches, piece } from './pattern';
import type { Rejection, RejectionCode, Span } from './types';

export type Phones = Readonly<{ phone?: Span; newPhone?: Span; rejected?: Rejection; spans: readonly Span[] }>;

/** 「四个五」 is 5555. */
const REPEATED = `[二两三四五六2-6]个[${ANY_DIGIT}](?!个?[班年天月块元人孩娃])`;
const GROUP = new RegExp(`${REPEATED}|\\d+|(?:[${SPOKEN_DIGITS}](?!个))+`, 'g');
/** Tight gaps join the groups of one number for certain; a comma or 「然后」 joins only when the sum comes out right. */
const TIGHT = /^[ \-—–.·_()+]{0,3}$/;
const LOOSE = /^[ ,,、。]{0,2}(?:再|然后|接着|后[面边]|还有|是)*[ ,,、。]{0,2}$/;
const MOBILE = /^1[3-9]\d{9}$/;
const WITH_COUNTRY = /^(?:(?:00)?86|0)(?=1[3-9]\d{9}$)/;
const LANDLINE = /^(0(?:10|2\d|[3-9]\d{2}))(\d{7,8})$/;
const EXTENSION = /^\s*(?:转|-|—|分机|ext\.?)\s*(?:分机)?\s*(\d{1,5})(?!\d)/i;
const MASKED = /1[3-9]\d{0,5}[*xX]{2,8}\d{2,5}/;

const LABEL = new RegExp(
  piece`
    (?:手机|电话|号码|联系方式|联系|座机|固话|打给?我?|call|tel|phone|mobile|📱|☎️?|📞)(?:号码?)?(?:人|我)?(?:的|是|为
    |应该|留|请|拨打?|:|=|,|\s)*$
  `,
  'i',
);
/** 「… 这是我号码」 */
const LABEL_AFTER = /^\s*,?(?:这|那)个?(?:就|才)?是(?:我|孩子|[他她])?[妈爸]?的?(?:手机|电话|号码?)/;
const OTHER_NUMBER = new RegExp(piece`
    (?:卡|学籍|学(?=号)|学生证|工(?=号)|职工|工?单|订单|编|身份证|证|QQ|qq|群|快递|票|流水|设备|机器|序列|税|发票|银行卡|会员|准考证
    |座位)\s*(?:号码?|码)?(?:是|为|:|\s|#)*[A-Za-z]{0,3}$|(?:验证码|密码|尾号|单号|SN|sn|金额|邮编|¥|#)(?:是|为|:|\s)*$
  `);
const SENDER = /(?:(?<![没冇未不无])收到|显示|来自|陌生|骚扰|诈骗|推销|客服|热线|自称|打电话的|来电)[^,。;\n]{0,8}$/;
const SENT = new RegExp(piece`
    ^(?:的|这个?|那个?|号码?|手机|电话)*(?:老是?|一直|总是?|天天|经常|不停地?|半夜)?(?:给我|跟我|向我|往我)?(?:打来
    |发来|打(?!不)|发(?!不)|的短信)|^(?:这个?|那个?)?(?:号码?|电话)?是(?:谁|哪里?的?|骗子|诈骗|你们)|^(?:的|这个?|那个?)?(?:人|号)?(?:冒充|自称|加我|骗)
  `);
const WRONGLY_KEPT = /(?:登记成?|登记的?是|写成|录成|绑定?成|留成|错成|填成|打成)了?(?:是|:)*\s*$/;
const HOTLINE = /^(?:100(?:00|10|86|50|60)|1[12]\d{1,3}|9\d{4}|[48]00\d{7}|106\d+)$/;
const UNIT_AFTER = /^\s*(?:元|块|条|人|次|年|月|号楼|级|班|分|名|个|多(?![打按写输了])|%)/;

/** The message is about a change of number. */
const CHANGES = new RegExp(piece`
  换号|换了?个?(?:新|手机|号|电话)|改号|新号|号码?要?(?:变|换|改)|改成|换成|变更为|改(?:一下|下)?(?:手机|电话|号)
  |新(?:的)?(?:手机|电话|号)|旧号|老号|原号
`);

/** At and below this a number belongs to somebody outside the family. */
const FOREIGN = -6;

type Group = Readonly<{ start: number; end: number; digits: string; joined: 'tight' | 'loose' | 'none' }>;

function digitsIn(group: string): string {
  const [times, digit] = group.split('个');
  return digit === undefined ? digitsOf(group) : digitsOf(digit).repeat(numberOf(times ?? ''));
}

function groupsOf(text: string): Group[] {
  const groups: Group[] = [];
  for (const match of matches(text, GROUP)) {
    const previous = groups.at(-1);
    const gap = previous ? text.slice(previous.end, match.index) : '';
    const joined = previous === undefined ? 'none' : TIGHT.test(gap) ? 'tight' : LOOSE.test(gap) ? 'loose' : 'none';
    groups.push({ start: match.index, end: match.index + match[0].length, digits: digitsIn(match[0]), joined });
  }
  return groups;
}

type Found = Span & Readonly<{ last: number }>;
/** 「区号0571 电话88776655」 */
const AREA_CODE = /区号(?:是|为|:|\s)*(0(?:10|2\d|[3-9]\d{2}))(?!\d)/;
/** A number that was meant but cannot be; its place is understood all the same. */
type Bad = Span & Readonly<{ code: RejectionCode }>;

/** 「139 1234 567 8 9 0」: single digits go on behind a number spelt in groups; a class or a count behind it is none of it. */
function runsOn(text: string, groups: readonly Group[], last: number): boolean {
  let end = groups[last]?.end ?? 0;
  let more = 0;
  for (let next = groups[last + 1 + more]; next && /^ ?$/.test(text.slice(end, next.start)); next = groups[last + 1 + more]) {
    if (!/^\d{1,2}$/.test(text.slice(next.start, next.end))) return false;
    end = next.end;
    more += 1;
  }
  return more > 0 && /^\s*(?:$|[,。;!?]|[^\d\s班年级个月日号岁元块点分()/-])/.test(text.slice(end));
}

/** A whole number starting at group `first`: the groups behind it are added until the count is right or the chain breaks. */
function numberFrom(text: string, groups: readonly Group[], first: number): Found | undefined {
  let digits = '';
  const start = groups[first]?.start ?? 0;
  for (let index = first; index < groups.length && digits.length < 15; index += 1) {
    const group = groups[index];
    if (!group || (index > first && group.joined === 'none')) return undefined;
    digits += group.digits;
    const bare = digits.replace(WITH_COUNTRY, '');
    if (MOBILE.test(bare))
      return index > first && runsOn(text, groups, index) ? undefined : { start, end: group.end, value: bare, last: index };
    const landline = LANDLINE.exec(digits);
    if (landline) {
      const extension = EXTENSION.exec(text.slice(group.end));
      const end = group.end + (extension?.[0].length ?? 0);
      return { start, end, value: `${landline[1]}-${landline[2]}${extension ? `-${extension[1]}` : ''}`, last: index };
    }
  }
  return undefined;
}

function codeOf(digits: string): RejectionCode | undefined {
  const count = digits.length;
  if (HOTLINE.test(digits)) return undefined;
  if (/^[2-8]\d{6,7}$/.test(digits)) return 'phoneNoAreaCode';
  if (digits.startsWith('0')) return count < 10 ? 'phoneTooShort' : count > 12 ? 'phoneTooLong' : 'phoneBadPrefix';
  if (count < 11) return 'phoneTooShort';
  return count > 11 ? 'phoneTooLong' : 'phoneBadPrefix';
}

/** The run of tightly joined digits from `first` on, when it is meant as a phone number but cannot be one. */
function rejectionFrom(text: string, groups: readonly Group[], first: number, asked: boolean): Bad | undefined {
  const head = groups[first];
  if (!head || head.joined === 'tight') return undefined;
  let digits = head.digits;
  let end = head.end;
  for (let index = first + 1; groups[index]?.joined === 'tight'; index += 1) {
    digits += groups[index]?.digits ?? '';
    end = groups[index]?.end ?? end;
  }
  const where = surroundings(text, { start: head.start, end });
  if (OTHER_NUMBER.test(where.before) || UNIT_AFTER.test(where.after)) return undefined;
  const bare = digits.replace(/^(?:00)?86(?=1[3-9]\d{6,})/, '');
  const mobileLike = /^1[3-9]\d{6,13}$/.test(bare) && !SENDER.test(where.before) && !SENT.test(where.after);
  const labelled = (LABEL.test(where.before) || LABEL_AFTER.test(where.after)) && bare.length >= 5 && bare.length <= 16;
  const answered =
    asked && bare.length >= 5 && !/[一-龥]/.test(text.slice(0, head.start).replace(/[我的手机电话号码联系是为就打请记好嗯]/g, ''));
  const code = mobileLike || labelled || answered ? codeOf(bare) : undefined;
  return code && { start: head.start, end, value: text.slice(head.start, end), code };
}

function reach(text: string, span: Span): number {
  const where = surroundings(text, span, 18);
  let score = standing(where, numberOwner(text, span));
  if (LABEL.test(where.before)) score += 2;
  if (
    /(?:联系电话|联系我|打这个|联系方式|[打找回]我|联系手机)[^,。;\n]{0,5}$/.test(where.before) ||
    /^[^,。\n]{0,3}(?:联系我|找我|打给我就)/.test(where.after)
  )
    score += 3;
  if (SENDER.test(where.before) || SENT.test(where.after)) score -= 5;
  if (WRONGLY_KEPT.test(where.before)) score -= 5;
  return score;
}

/** Every number in the text judged by its surroundings; `asked` when the desk has just asked for a number. */
export function findPhones(text: string, asked = false): Phones {
  const groups = groupsOf(text);
  const found: Span[] = [];
  let bad: Bad | undefined;
  for (let index = 0; index < groups.length; index += 1) {
    const group = groups[index];
    if (!group) break;
    const number = numberFrom(text, groups, index);
    if (number && !OTHER_NUMBER.test(surroundings(text, number).before)) {
      const prefix = /(?:\+|\(\+?)$/.exec(text.slice(0, number.start))?.[0].length ?? 0;
      found.push({ start: number.start - prefix, end: number.end, value: number.value });
    } else if (!number) {
      const meant = rejectionFrom(text, groups, index, asked);
      const area = meant?.code === 'phoneNoAreaCode' ? AREA_CODE.exec(text)?.[1] : undefined;
      if (meant && area) found.push({ start: meant.start, end: meant.end, value: `${area}-${digitsOf(meant.value)}` });
      else bad ??= meant;
    }
    if (number) index = number.last;
  }
  const masked = MASKED.exec(text);
  if (masked) bad = { start: masked.index, end: masked.index + masked[0].length, value: masked[0], code: 'phoneMasked' };

  const usable = found.filter((span) => {
    const where = surroundings(text, span, 18);
    return (
      !isNegated(where) &&
      (asked || numberOwner(text, span) > FOREIGN) &&
      !SENT.test(where.after) &&
      !(SENDER.test(where.before) && !LABEL.test(where.before) && !asked)
    );
  });
  const beside = choice(text, found);
  const phone = best(usable, (span) => reach(text, span) + (beside[found.indexOf(span)] ?? 0));
  const newPhone = CHANGES.test(text)
    ? found.find((span) => {
        const where = surroundings(text, span, 18);
        return isNew(where) && !isOld(where) && !isNegated(where) && !isOthers(where);
      })
    : undefined;
  return {
    ...(phone && { phone }),
    ...(newPhone && { newPhone }),
    ...(bad && !phone && { rejected: { raw: bad.value, code: bad.code } }),
    spans: bad ? [...found, bad] : found,
  };
}
