/** Why a value was not taken, in words a parent understands, and what to send instead. */
import { digitsOf } from '../extract/digits';
import type { Rejection, RejectionCode } from '../extract/types';
import type { Locale } from '../vocabulary';

type Sentences = Readonly<Record<RejectionCode, (raw: string) => string>>;

const count = (raw: string): number => digitsOf(raw).length;

const zh: Sentences = {
  phoneTooShort: (raw) => `手机号码应为11位，您写的「${raw}」是${count(raw)}位，请核对后再发一次。`,
  phoneTooLong: (raw) => `手机号码应为11位，您写的「${raw}」有${count(raw)}位，请核对后再发一次。`,
  phoneBadPrefix: (raw) => `「${raw}」不像是手机号码（应以13至19开头，共11位），请核对后再发一次；座机请带上区号，如0771-1234567。`,
  phoneNoAreaCode: (raw) => `「${raw}」像是座机号码，请带上区号再发一次，如0771-1234567；也可以留11位手机号码。`,
  phoneMasked: (raw) => `「${raw}」中间有几位被隐藏了，请发完整的11位手机号码。`,
  phoneMissing: () => '没有看到电话号码。请发11位手机号码，或带区号的座机，如0771-1234567。',
  classUnclear: (raw) => `没看明白「${raw}」是哪个班。请这样写：三年级2班、初一3班、小2班。`,
  classIncomplete: (raw) => `「${raw}」是年级，请再告诉我是几班，如「2班」。`,
  schoolUnclear: (raw) => `没看明白「${raw}」是哪所学校，请写学校全名，如「明秀路小学」。`,
  schoolAmbiguous: (raw) => `叫「${raw}」的学校不止一所，请写全名或选一所。`,
  nameUnclear: (raw) => `没看明白「${raw}」里哪个是姓名，请只写学生（或您本人）的姓名，如「王小明」。`,
  relationUnclear: (raw) => `没看明白「${raw}」是什么关系，请只写您是学生的什么人，如「妈妈」。`,
  tooShort: () => '写得太少了，请再说得具体一点。',
  tooLong: () => '写得太长了，请简短一些，先说最要紧的。',
};

const en: Sentences = {
  phoneTooShort: (raw) => `A mobile number has 11 digits; "${raw}" has ${count(raw)}. Please check it and send it again.`,
  phoneTooLong: (raw) => `A mobile number has 11 digits; "${raw}" has ${count(raw)}. Please check it and send it again.`,
  phoneBadPrefix: (raw) =>
    `"${raw}" does not look like a mobile number (11 digits beginning with 13 to 19). For a landline add the area code, like 0771-1234567.`,
  phoneNoAreaCode: (raw) =>
    `"${raw}" looks like a landline. Please add the area code, like 0771-1234567, or leave an 11-digit mobile number.`,
  phoneMasked: (raw) => `Some digits of "${raw}" are hidden. Please send all 11 digits.`,
  phoneMissing: () => 'I see no phone number. Please send an 11-digit mobile number, or a landline with its area code, like 0771-1234567.',
  classUnclear: (raw) => `I cannot tell which class "${raw}" is. Please write it like 三年级2班 (grade 3 class 2).`,
  classIncomplete: (raw) => `"${raw}" is the grade. Which class is it, for example 2班 (class 2)?`,
  schoolUnclear: (raw) => `I cannot tell which school "${raw}" is. Please write its full name.`,
  schoolAmbiguous: (raw) => `There is more than one school called "${raw}". Please write the full name or choose one.`,
  nameUnclear: (raw) => `I cannot tell the name in "${raw}". Please send only the pupil's name, or your own.`,
  relationUnclear: (raw) => `I cannot tell what you are to the child by "${raw}". For example: mother.`,
  tooShort: () => 'That is very short. Please tell me a little more.',
  tooLong: () => 'That is very long. Please keep it shorter, the most important first.',
};

/** The sentence to show for a rejection. Source: requirement P13 (read back, ask again with the reason). */
export function explain(rejection: Rejection, locale: Locale): string {
  return (locale === 'en' ? en : zh)[rejection.code](rejection.raw);
}
