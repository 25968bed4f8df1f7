/** The six fields of every enquiry: school, class, name, phone, issue, remark (S4-29, P13). */
import { defineForm, identity, phone, remark } from './definition';

export const intake = defineForm({
  name: 'intake',
  title: { zh: '咨询登记', en: 'Enquiry' },
  nature: '咨询',
  department: '客服部',
  fields: [...identity, phone, { name: 'issue', need: 'required', question: 'issue' }, remark],
});
