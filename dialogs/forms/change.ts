/** Changing what is registered: most often the phone number (S4-56). */
import { defineForm, identity, remark } from './definition';

export const change = defineForm({
  name: 'change',
  title: { zh: '变更资料', en: 'Change details' },
  nature: '业务办理',
  department: '业务受理组',
  fields: [
    { name: 'issue', need: 'required', question: 'changeIssue' },
    { name: 'newPhone', need: 'asked', question: 'newPhone' },
    { name: 'phone', need: 'required', question: 'oldPhone' },
    ...identity,
    remark,
  ],
});
