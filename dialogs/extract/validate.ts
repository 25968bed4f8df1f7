/** One value for one field: a direct answer, a labelled value, or a field of a form card. */

import type { Slot, SlotName } from '../vocabulary';
import { findClass, gradeOf, readClassAnswer } from './class';
import { LENGTHS, namesNoRelation, readRelationAnswer } from './details';
import { findName, readNameAnswer } from './name';
import { piece } from './pattern';
import { findPhones } from './phone';
import { findSchool } from './school';
import { tells } from './telling';
import { cut, normalize } from './text';
import type { ExtractContext, RejectionCode, Validation } from './types';

const accept = (slot: Slot): Validation => ({ ok: true, slot });
const reject = (raw: string, code: RejectionCode): Validation => ({ ok: false, rejection: { raw, code } });

/** Not an answer but talk: a question, a command, a filler. */
const TALK = new RegExp(
  piece`
    [??]|吗$|呢$|怎么|为什么|为啥|干嘛|什么|哪里|多少
    |^(?:好的?|嗯+|是的?|对的?|行|可以|ok|都?不[是对行]|没有|不知道|不清楚|不想说|不方便|保密|人工|转人工|取消|重来|谢谢|你好|您好
    |在吗|有|无|没|算了|不用|不|学校|班级|姓名|名字|电话|手机)[了啊呀吧的。!,~ ]*$
  `,
  'i',
);
const SCHOOL_LEAD = /^(?:我(?:们|家)?|孩子|小孩|娃|女儿|儿子|学校|名称|名字|[他她])*(?:是|在|叫|读|上|念|就读于?)*(?:的)?[:\s]*/;

/** A trouble with a device or a demand, even beside the name of a school: no school is called 「退钱」. */
const NO_SCHOOL =
  /^(?:退|扣|赔|不)|[钱费块元]$|坏了|没有?(?:反应|收到|用|人|来|信号)|收不到|[刷打用]不了|投诉|报修|退订|^我学校|短信|帮(?:我|忙)|^(?:快|赶紧|赶快|尽快|马上|抓紧)/;
/** Words of sentences, which names have only beside a word for a school: 「就刚才」, 「给我解决」, but 明天学校. */
const SENTENCE = /[就给帮我你您他她它没不了的是吗呢说请谢这那怎什啥很]|[今昨明]天|刚才|刚刚/;
const OF_SCHOOLS = /[校学院园]|[中小幼附高]$/;

function school(text: string, original: string, context: ExtractContext): Validation {
  const found = findSchool(text, original, context.directory, context.schools);
  if (found.choices.length > 1) return reject(original.trim(), 'schoolAmbiguous');
  if (found.slot) return accept(found.slot);
  const known = context.schools[0];
  if (known && known.score >= 0.9) return accept({ raw: original.trim(), value: known.school, verified: true });
  const bare = text
    .trim()
    .replace(SCHOOL_LEAD, '')
    .replace(/(?:的|学生|家长|读书|上学|[。!,~\s]|呀|啊|哈)+$/, '');
  if (
    bare.length < 2 ||
    bare.length > 30 ||
    TALK.test(bare) ||
    NO_SCHOOL.test(bare) ||
    ((SENTENCE.test(bare) || tells(bare)) && !OF_SCHOOLS.test(bare)) ||
    !/[一-龥A-Za-z]/.test(bare) ||
    /^(?:小学|中学|幼儿园|学校|初中|高中)$/.test(bare)
  )
    return reject(original.trim(), 'schoolUnclear');
  return accept({ raw: bare, value: bare, ...(context.directory && { verified: false }) });
}

function className(text: string, original: string): Validation {
  const raw = original.trim();
  const found = findClass(text);
  const wholeName = /^[一-龥]{2,8}班$/.test(raw) && found !== undefined && found.end - found.start < raw.length && !/\d/.test(found.value);
  if (found && !wholeName) return accept({ raw: original.slice(found.start, found.end), value: found.value });
  const lead = /^(?:我(?:们|家)?|孩子|小孩|娃|女儿|儿子|班级|[他她]|现在)*(?:是|在|读|上|念)*[:\s]*/;
  const bare = text
    .trim()
    .replace(lead, '')
    .replace(/(?:的|[。!,~\s]|呀|啊|哈|哦)+$/, '');
  const read = readClassAnswer(bare);
  if (read !== undefined) return accept({ raw, value: read });
  if (/^[一-龥A-Za-z0-9]{1,8}班$/.test(bare) && !TALK.test(bare)) return accept({ raw: bare, value: bare });
  if (gradeOf(text) !== undefined && bare.length < 8) return reject(raw, 'classIncomplete');
  return reject(raw, 'classUnclear');
}

function name(text: string, original: string): Validation {
  const raw = original.trim();
  if (!TALK.test(text)) {
    const phones = findPhones(text).spans;
    const read = readNameAnswer(cut(text, phones).replace(/\uE000+/g, ' '));
    if (read !== undefined) {
      const start = text.indexOf(read);
      const asWritten = start < 0 ? read : original.slice(start, start + read.length);
      return accept({ raw: asWritten, value: asWritten });
    }
  }
  const found = findName(text);
  return found ? accept({ raw: original.slice(found.start, found.end), value: found.value }) : reject(raw, 'nameUnclear');
}

function phone(text: string, original: string): Validation {
  const { phone: found, rejected } = findPhones(text, true);
  if (found) return accept({ raw: original.slice(found.start, found.end), value: found.value });
  return { ok: false, rejection: rejected ?? { raw: original.trim(), code: 'phoneMissing' } };
}

function words(slot: SlotName, original: string): Validation {
  const raw = original.trim();
  const [least, most] = LENGTHS[slot] ?? [1, 2000];
  const length = [...raw].length;
  if (length < least) return reject(raw, 'tooShort');
  if (slot === 'relation' && namesNoRelation(raw)) return reject(raw, 'relationUnclear');
  if (length > most) return reject(raw.slice(0, 40), 'tooLong');
  return accept({ raw, value: slot === 'relation' ? readRelationAnswer(raw) : raw });
}

/** Whether `text` can stand in `slot`, and its canonical form or the reason why not. Never throws. */
export function validate(slot: SlotName, text: string, context: ExtractContext): Validation {
  const plain = normalize(text);
  switch (slot) {
    case 'school':
      return school(plain, text, context);
    case 'class':
      return className(plain, text);
    case 'name':
      return name(plain, text);
    case 'phone':
    case 'newPhone':
      return phone(plain, text);
    case 'issue':
    case 'remark':
    case 'relation':
    case 'place':
    case 'device':
    case 'since':
    case 'recipients':
    case 'eventTime':
    case 'item':
    case 'against':
    case 'reason':
      return words(slot, text);
  }
}
