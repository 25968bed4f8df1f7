/** The person: the pupil when one is named, else the speaker; never a role, a verb or a school word. */
import { isNegated, isOthers, surroundings } from './mention';
import { announced, type Candidate } from './nameAnnounced';
import { placed } from './namePlaced';
import { DOTTED, fits, isName, nameLength } from './nameShape';
import { NOT_NAME } from './nameWords';
import { piece } from './pattern';
import { CHILD, KIN } from './people';
import { surnameLength } from './surnames';
import type { Span } from './types';

const NOT_BEFORE = new RegExp(piece`
    (?:不叫|不是叫|不是|收到|说成|写成|错写成?|打成|印成|显示(?:的是)?|变成|登记成|录成|叫成|隔壁|别人家|同桌|家长叫
    |找|联系|跟)\s*$
  `);

/** The name in a text whose school, class and phone are already cut out. */
export function findName(text: string): Span | undefined {
  let winner: Candidate | undefined;
  for (const candidate of [...announced(text), ...placed(text)]) {
    const where = surroundings(text, candidate);
    // 班主|任赖老师: the surname is the end of a role.
    if (candidate.value.startsWith('任') && /班?主$/.test(where.before)) continue;
    // 名|单导入 likewise.
    if (candidate.value.startsWith('单') && /名$/.test(where.before)) continue;
    if (NOT_BEFORE.test(where.before) && !/不是.{2,5}(?:是|,)/.test(where.before)) continue;
    if (isNegated(where) || (isOthers(where) && candidate.score < 7)) continue;
    if (!winner || candidate.score > winner.score) winner = candidate;
  }
  return winner && { start: winner.start, end: winner.end, value: winner.value };
}

const NOT_BUT = /^(?:不对|错了|[打写说]错了|更正(?:一下)?)[,:\s]*(?:应该)?|^不(?:是|叫)[一-龥]{2,4}[,\s]*|^我?姓[一-龥][,\s]+/;
const OFFICE = /^[一-龥]{1,4}(?:处|科|办|室|部|组|主任|校长|老师|园长)(?=[一-龥]{2,3}$)/;
const ANSWER_LEAD = new RegExp(
  piece`
    ^(?:嗯+|哦|好的?|那个|就是)?[,\s]*(?:我(?:是|叫|的名字(?:是|叫))|本人(?:是|叫)?
    |(?:我家)?(?:${CHILD})?(?:的)?(?:姓名|名字|大名)?(?:叫做|叫|是|为|:)|(?:我家)?(?:${CHILD})|[他她](?:叫|是)|姓名
    |名字|叫)[:\s]*
  `,
);
const ANSWER_TAIL = new RegExp(`(?:的)?(?:${KIN}|同学|小朋友|老师|女士|先生)?[。.!,~\\s哈呀啊哦]*$`);

/** A direct answer to 「姓名?」; undefined when it is no name. */
export function readNameAnswer(text: string): string | undefined {
  const bare = text.trim().replace(NOT_BUT, '').replace(ANSWER_LEAD, '').trim();
  const titled = /^([一-龥]{1,2})(?:老师|主任|校长|园长|女士|先生)[。!]*$/.exec(bare);
  if (titled && surnameLength(titled[1] ?? '') === (titled[1] ?? '').length) return bare.replace(/[。!]+$/, '');
  const core = bare
    .replace(ANSWER_TAIL, '')
    .replace(OFFICE, '')
    .replace(/^[一-龥](?: [一-龥]){1,3}$/, (spaced) => spaced.replaceAll(' ', ''));
  if (DOTTED.exec(core)?.[0] === core || /^[A-Za-z][A-Za-z .'-]{1,30}$/.test(core)) return core;
  if (isName(core)) return core;
  const length = nameLength(core);
  if (length > 0) return core.slice(0, length);
  return /^[一-龥㐀-䶿]{2,6}$/.test(core) && !NOT_NAME.test(core) && fits(core) ? core : undefined;
}
