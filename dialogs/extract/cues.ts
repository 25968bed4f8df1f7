/** Small facts told in passing: where a device stands, since when it fails, when an event is, who should have heard of it. */
import type { Slot, Slots } from '../vocabulary';
import { piece } from './pattern';
import { normalize } from './text';

const AREA = piece`
  (?:[东南西北前后正侧大小]|学校|教学|实验|综合|行政|办公|宿舍|体育|图书|第?[一二三四五六七八九十\d]{1,2}[号栋幢]?)*
  (?:校门口?|大门口?|侧门口?|[东南西北前后正]门口?|门口|门卫室?|保安室|传达室|教学楼|宿舍楼?|食堂|饭堂|操场|图书馆|办公楼
  |办公室|综合楼|实验楼|行政楼|机房|大厅|走廊|教室|体育馆)
  (?:[一二三四五六七八九十\d]{1,2}[楼层])?(?:入口|出口|门口|旁边?|里面?|外面?|那边|这边)?
`;
const PLACE = new RegExp(`(?:(?:装|放|安|位于?)?在)?(${AREA})`);

const DAY = piece`
  今天|昨天|前天|明天|后天|今早|昨晚|今晚|明早|今日|昨日|上周[一二三四五六日天末]?|这周[一二三四五六日天末]?|本周|周[一二三四五六日天末]
  |星期[一二三四五六日天]|礼拜[一二三四五六日天]|上个?月|这个月|(?:这|上)个?学期|开学|\d{1,2}月\d{1,2}[日号]?|\d{1,2}[日号]|刚才|刚刚
  |前几天|这几天|这两天|[两三四五六七八\d]+天前|[一两三\d]+个?(?:星期|礼拜|月|周|小时)前
`;
const PART = '早上|早晨|上午|中午|下午|傍晚|晚上|凌晨';
const CLOCK = '[\\d一二三四五六七八九十两]{1,3}(?:点|:\\d{2})(?:半|[一二三四五六\\d]{1,3}分?|钟|多|左右)?';
/** A day or a part of one, with its hour when told. */
const MOMENT = `(?:(?:${DAY})(?:的?(?:${PART}))?(?:${CLOCK})?|(?:${PART})(?:${CLOCK})?)`;
/** Told as a beginning: 从…, …开始, …就, or a clause of its own. */
const SINCE = [
  new RegExp(`(?:从|自从?|打)(${MOMENT})`),
  new RegExp(`(${MOMENT})(?:起|开始|以来|以后|之后|后)?(?:就|便|一直|突然|忽然|开始|起)`),
  new RegExp(`(?:^|[,。;!])(${MOMENT})(?:[,。;!]|$)`),
];
const EVENT_TIME = new RegExp(`((?:(?:${DAY})(?:的?(?:${PART}))?|(?:${PART}))${CLOCK}|(?:今天|明天|今|明)(?:${PART}|晚|早)|明天|后天)`);
const RECIPIENTS = new RegExp(piece`
  ((?:全校|全年级|全班|[一二三四五六七八九]年级(?:[\d一二三四五六七八九十]{1,2}班)?|[初高][一二三](?:[\d一二三四五六七八九十]{1,2}班)?)
  (?:的|全体|所有)*(?:学生)?(?:家长|老师|教师|学生)(?:们)?,?(?:大?约|一?共|有)?(?:\d+(?:多|来)?[个位名人]人?)?)
`);

function first(patterns: readonly RegExp[], text: string, original: string): Slot | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(text);
    if (!found?.[1]) continue;
    const start = found.index + found[0].indexOf(found[1]);
    const raw = original.slice(start, start + found[1].length).replace(/[,\uff0c]$/, '');
    return { raw, value: raw };
  }
  return undefined;
}

const CUES = { place: [PLACE], since: SINCE, eventTime: [EVENT_TIME], recipients: [RECIPIENTS] } as const;
export type Cue = keyof typeof CUES;
export const CUE_NAMES = Object.keys(CUES) as readonly Cue[]; // keys of a literal

/** What the words give of the `wanted` facts. Values as written. */
export function findCues(original: string, wanted: readonly Cue[]): Slots {
  const text = normalize(original);
  return Object.fromEntries(
    wanted.flatMap((name) => {
      const slot = first(CUES[name], text, original);
      return slot ? [[name, slot]] : [];
    }),
  );
}

/** The mobile number in the words that is not `taken`: the old one where the new one is known. */
export function otherNumber(original: string, taken: string): Slot | undefined {
  const all = normalize(original).match(/(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)/g) ?? [];
  const raw = all.find((one) => one.replace(/\D/g, '') !== taken);
  return raw === undefined ? undefined : { raw, value: raw.replace(/\D/g, '') };
}

/** Whether the words speak of time at all; a name alone does not. */
export function tellsTime(text: string): boolean {
  return /[\d天日月周年点早晚午夜刚昨今前后明期礼假课]|最近|一直|好久|很久|马上|现在|开学|放学|分钟|小时|不久/.test(normalize(text));
}
