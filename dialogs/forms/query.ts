/** Asking what is registered or charged for a number (S4-56). */
import { defineForm, identity, remark } from './definition';

export const query = defineForm({
  name: 'query',
  title: { zh: '业务查询', en: 'Account enquiry' },
  nature: '业务办理',
  department: '业务受理组',
  fields: [
    { name: 'issue', need: 'required', question: 'queryIssue' },
    { name: 'phone', need: 'required', question: 'servicePhone' },
    ...identity,
    remark,
  ],
});
