/** The person: the pupil when one is named, else the speaker. Every stretch that could be a name is weighed; the heaviest is it, or nobody. */
import { best } from './mention';
import { type Candidate, candidatesIn, isGiven } from './nameCandidates';
import { messageOf, type Sign, signsOf } from './nameSigns';
import { WEIGHTS, type Weights } from './nameWeights';
import { piece } from './pattern';
import { CHILD, KIN } from './people';

/** `score` above 0: rather this name than none. `signs` are the reasons; each weighs what `nameWeights.ts` says. */
export type Weighed = Candidate & Readonly<{ score: number; signs: readonly Sign[] }>;

/** Every candidate of a text in which schools, classes and numbers are cut out. */
export function weighNames(text: string, weights: Weights = WEIGHTS): readonly Weighed[] {
  const message = messageOf(text);
  return candidatesIn(text).map((candidate) => {
    const signs = signsOf(message, candidate);
    return { ...candidate, signs, score: signs.reduce((sum, sign) => sum + weights[sign], 0) };
  });
}

/** The heaviest above `least`. A name in Latin letters stands only where no other is told. */
function heaviest(candidates: readonly Weighed[], least: number): Weighed | undefined {
  const above = candidates.filter(({ score }) => score > least);
  const written = above.filter(({ kind }) => kind !== 'latin');
  return best(written.length > 0 ? written : above, ({ score }) => score);
}

/** The name in a text whose school, class and phone are already cut out. */
export function findName(text: string, weights: Weights = WEIGHTS): Weighed | undefined {
  return heaviest(weighNames(text, weights), 0);
}

/** How long the name at the beginning of `text` is, judged by what follows it; 0 when there is none. */
export function nameLength(text: string): number {
  return (
    heaviest(
      weighNames(text).filter(({ start }) => start === 0),
      0,
    )?.value.length ?? 0
  );
}

/** A piece of text that is nothing but a name. */
export const isName = (text: string): boolean => text !== '' && nameLength(text) === text.length;

/** Nobody's name, though it may stand where one is asked for. */
const ROLE = new RegExp(piece`
    家长|老师|同学|学生|小朋友|(?:${KIN})$|^(?:${CHILD})$|班主任|校长|主任|园长|教师|管理员|客服|监护人|门卫|保安|领导|女士|先生|大家|自己|本人
    |亲属|亲戚|邻居|朋友|司机|师傅|经理|转学|变更|登记|开通|缴费|充值|报修|维修|取消|注销|绑定|咨询|业务|套餐|通知|作业|成绩|请假|机器|平台|短信|考勤
    |学校|年级|电话|手机|号码|姓名
  `);
const ANSWER_LEAD = new RegExp(
  piece`
    ^(?:嗯+|哦|好的?|那个|就是)?[,\s]*(?:我(?:是|叫|的名字(?:是|叫))|本人(?:是|叫)?|(?:我家)?(?:${CHILD})?(?:的)?(?:姓名|名字|大名)?(?:叫做|叫|是|为|:)
    |(?:我家)?(?:${CHILD})|[他她](?:叫|是)|姓名|名字|叫)[:\s]*
  `,
);
const ANSWER_TAIL = new RegExp(`(?:的)?(?:${KIN}|同学|小朋友|老师|女士|先生)?[。.!,~\\s哈呀啊哦]*$`);
const SPACED = /(?<![一-龥])[一-龥](?: [一-龥]){1,3}(?![一-龥])/;
/** Where a name was asked for, most of what could be one is one. */
const ASKED = -2.5;

/** A direct answer to 「姓名?」; undefined when it is no name. */
export function readNameAnswer(text: string): string | undefined {
  const answer = text.trim().replace(SPACED, (spaced) => spaced.replaceAll(' ', ''));
  const told = heaviest(weighNames(answer), ASKED);
  if (told) return told.value;
  const core = answer.replace(ANSWER_LEAD, '').trim().replace(ANSWER_TAIL, '');
  if (/^[A-Za-z][A-Za-z .'-]{1,30}$/.test(core)) return core;
  return core.length >= 2 && core.length <= 6 && isGiven(core) && !ROLE.test(core) ? core : undefined;
}
