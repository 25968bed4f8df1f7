/** Which field a customer speaks of by its name: 「手机号错了」「班级不对」. */
import { hasField } from './form';
import type { Heard } from './heard';
import { isAnnounced, isWish } from './matter';
import type { Draft, SlotName } from './vocabulary';

const names: readonly (readonly [SlotName, RegExp])[] = [
  ['newPhone', /新(?:的)?(?:手机)?号|new (?:phone|number)/i],
  ['phone', /手机|电话|号码|联系方式|phone|number/i],
  ['school', /学校|校名|school/i],
  ['class', /班级|年级|几班|class|grade/i],
  ['name', /姓名|名字|称呼|name/i],
  ['remark', /备注|remark|note/i],
  ['since', /开始时间|什么时候开始|since/i],
  ['eventTime', /时间|time/i],
  ['place', /位置|地点|place|where/i],
  ['device', /设备|编号|device/i],
  ['relation', /关系|relation/i],
  ['recipients', /应收|对象|recipient/i],
  ['item', /物品|item/i],
  ['against', /投诉对象|投诉谁|against/i],
  ['reason', /原因|理由|reason/i],
  ['issue', /事由|问题|事情|内容|情况|issue|matter/i],
];

/** 「电话错了，是…」 speaks of this form; 「我要换手机号」 is a matter of its own. */
export function correctsField({ text, reads }: Pick<Heard, 'text' | 'reads'>, draft: Draft): boolean {
  return reads.correction && !isAnnounced(text) && !isWish(text) && namedField(text, draft) !== undefined;
}

export function namedField(text: string, draft: Draft): SlotName | undefined {
  return names.find(([name, words]) => words.test(text) && hasField(draft.form, name))?.[0];
}
