/** What an agent says on the telephone, word by word, and the form they fill in meanwhile: P13 and the house's rules of speech, as data. Pure. */
import { zh } from '../../dialogs/copy/zh';
import { draftOf, fill, rowsOf, titleOf } from '../../dialogs/form';
import { forms } from '../../dialogs/forms';
import type { FormName, SlotName, Slots } from '../../dialogs/vocabulary';

export type CallField = Readonly<{ name: SlotName; label: string; question: string; required: boolean; hint: string; value?: string }>;
/** The lines in the order in which they are said. */
export type CallScript = Readonly<{
  greeting: string;
  form: FormName;
  title: string;
  fields: readonly CallField[];
  /** Forms an agent may choose instead. */
  forms: readonly Readonly<{ name: FormName; title: string }>[];
  beforeReadBack: string;
  anythingElse: string;
  closing: string;
  /** Seconds within which a call is to be answered: three rings. */
  answerWithinSeconds: number;
  /** What is to be kept in mind, one rule a line. */
  etiquette: readonly string[];
}>;

const etiquette = [
  '铃响三声内接听；同事来不及接的，也请帮忙接起。',
  '先说标准问候语，再听客户说完。',
  '学校、班级、姓名、手机号码、事由逐项登记，备注可以不填。',
  '登记完逐项重复一遍，客户确认无误再提交。',
  '客户投诉时保持平和，登记为「投诉」会立刻通知主管。',
  '首问负责：由您登记的工单，由您跟进到客户得到答复。',
];

/** The script of a call; `known` are values that may stand in the form already. */
export function scriptOf(form: FormName, known: Slots, place: Readonly<{ brand: string; answerWithinSeconds: number }>): CallScript {
  const fields = forms[form].fields.map(({ name, need, question }) => {
    const value = known[name]?.value;
    return {
      name,
      label: zh.slots[name],
      question: zh.questions[question],
      required: need === 'required',
      hint: zh.hints[question],
      ...(value !== undefined && { value }),
    };
  });
  return {
    greeting: zh.greeting(place.brand),
    form,
    title: titleOf(form, 'zh'),
    fields,
    forms: Object.values(forms).map(({ name }) => ({ name, title: titleOf(name, 'zh') })),
    beforeReadBack: '我跟您核对一下：',
    anythingElse: zh.anythingElse,
    closing: '谢谢您的来电，祝您生活愉快，再见。',
    answerWithinSeconds: place.answerWithinSeconds,
    etiquette,
  };
}

/** 「我跟您核对一下：学校实验小学，班级三年级2班……请问对吗？」: to be read aloud before anything is written down (S4-32). */
export function readAloud(form: FormName, slots: Slots): string {
  const rows = rowsOf(fill(draftOf(form, {}), slots), zh);
  const consent = forms[form].consent ? `${zh.joinNotice}` : '';
  return `我跟您核对一下：${rows.map(({ label, value }) => `${label}，${value}`).join('；')}。${consent}请问对吗？`;
}
