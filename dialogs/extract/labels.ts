/** Labelled input: 「学校:实验小学 班级:三(2) 姓名:王小明 …」, in one line or many. */

import type { SlotName } from '../vocabulary';
import { ANY_DIGIT } from './digits';
import { matches, piece } from './pattern';
import type { Span } from './types';

const WORDS: readonly (readonly [SlotName, string])[] = [
  ['newPhone', '新(?:的)?(?:手机号码?|手机|电话号码?|电话|号码?)|变更后号码|改为号码'],
  ['school', '学校名称|学校名|所在学校|就读学校|孩子学校|学校'],
  ['class', '年级班级|班级名称|所在班级|就读班级|所在班|年级和班级|班级|年级|班别|班'],
  ['relation', '与学生(?:的)?关系|和学生(?:的)?关系|与孩子(?:的)?关系|关系'],
  [
    'name',
    piece`
    学生姓名|孩子姓名|宝宝姓名|小孩姓名|学生名字|孩子名字|教师姓名|老师姓名|家长姓名|联系人姓名|姓名|名字|联系人|学生
    |孩子
  `,
  ],
  ['phone', '联系手机号?|联系电话|联系方式|手机号码|手机号|电话号码|电话|手机|回电|tel|phone|mobile'],
  [
    'issue',
    piece`
      事由|反映事项|反映问题|反馈问题|问题描述|故障描述|故障现象|具体问题|具体情况|咨询内容|投诉内容|事情|问题|诉求
      |情况说明|情况|内容|事项
    `,
  ],
  ['remark', '备注|补充说明|补充|附言|PS|ps'],
  ['place', '设备位置|安装位置|安装地点|机器位置|位置|地点'],
  ['device', '设备编号|设备型号|设备名称|机器编号|设备|机型|型号'],
  ['since', '开始时间|故障时间|发生时间|从何时起|何时开始'],
  ['recipients', '应收人|接收人员?|接收范围|接收对象|发送对象|发给'],
  ['eventTime', '活动时间|事件时间|会议时间|开会时间|考试时间'],
  ['item', '物品名称|物品|商品|退换物品'],
  ['against', '投诉对象|被投诉人|投诉谁'],
  ['reason', '取消原因|退订原因|退换原因|原因'],
];
const SLOTS: readonly SlotName[] = WORDS.map(([slot]) => slot);
const ANY = WORDS.map(([, words]) => `(${words})`).join('|');
const COLON = new RegExp(`(?:【(?:${ANY})】\\s*:?|[\\[(]?(?:${ANY})[\\])]?\\s*[:=]+)\\s*`, 'gi');
const SPACED = new RegExp(`(?:^|(?<=[\\s,;。|/]))(?:${ANY})(?:是|为)?\\s+(?=\\S)`, 'gi');
const TOLD = new RegExp(`(?:^|(?<=[\\s,;。|/的]))(?:${ANY})(?:是|为)(?!不|什么|啥|多少|谁|哪|几|怎|否|我|这样|因为|:)`, 'gi');
/** Fields that may hold a whole sentence reach to the next label or the end of the line. */
const LONG: ReadonlySet<SlotName> = new Set(['issue', 'remark', 'reason', 'place', 'recipients', 'eventTime', 'since']);

export type Labelled = Readonly<{ slot: SlotName; span: Span; whole: Readonly<{ start: number; end: number }> }>;

type Mark = Readonly<{ slot: SlotName; start: number; end: number }>;

function marks(text: string, pattern: RegExp): Mark[] {
  return matches(text, pattern).flatMap((match) => {
    const slot = SLOTS[match.slice(1).findIndex((group) => group !== undefined) % SLOTS.length];
    return slot === undefined ? [] : [{ slot, start: match.index, end: match.index + match[0].length }];
  });
}

/** 「一三八，零零一三，八零零零」: a mobile number dictated in groups. */
const IN_GROUPS = new RegExp(`^[${ANY_DIGIT}]{3},\\s?[${ANY_DIGIT}]{3,5},\\s?[${ANY_DIGIT}]{3,5}(?![${ANY_DIGIT}])`);

function valueEnd(text: string, mark: Mark, next: number): number {
  const line = text.indexOf('\n', mark.end);
  const limit = Math.min(next, line < 0 ? text.length : line);
  if (LONG.has(mark.slot)) return limit;
  const spaced = mark.slot === 'name' ? /^[一-龥](?: [一-龥]){1,3}(?![一-龥])/.exec(text.slice(mark.end, limit)) : null;
  if (spaced) return mark.end + spaced[0].length;
  const spoken = mark.slot === 'phone' || mark.slot === 'newPhone' ? IN_GROUPS.exec(text.slice(mark.end, limit)) : null;
  if (spoken) return mark.end + spoken[0].length;
  const stop = text.slice(mark.end, limit).search(/[,;。|!?【]|\s{1,}(?=[^\d\s])/);
  return stop < 0 ? limit : mark.end + stop;
}

/** Every labelled value of the text, in order. Labels without a colon count only when there are two of them. */
export function findLabelled(text: string): Labelled[] {
  let found = /[:=】]/.test(text) ? marks(text, COLON) : [];
  if (found.length === 0) {
    const loose = [...(/\s/.test(text) ? marks(text, SPACED) : []), ...(/[是为]/.test(text) ? marks(text, TOLD) : [])].sort(
      (a, b) => a.start - b.start,
    );
    found = new Set(loose.map(({ slot }) => slot)).size > 1 ? loose : [];
  }
  return found.flatMap((mark, index) => {
    const end = valueEnd(text, mark, found[index + 1]?.start ?? text.length);
    const value = text.slice(mark.end, end).replace(/[\s,;。、|/]+$/, '');
    return value === ''
      ? []
      : [{ slot: mark.slot, span: { start: mark.end, end: mark.end + value.length, value }, whole: { start: mark.start, end } }];
  });
}
