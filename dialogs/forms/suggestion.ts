/** A suggestion: the words are what counts, the rest is for the answer (S0-41). */
import { defineForm, phone, remark } from './definition';

export const suggestion = defineForm({
  name: 'suggestion',
  title: { zh: '建议', en: 'Suggestion' },
  nature: '建议',
  priority: 'low',
  department: '客服部',
  fields: [
    { name: 'issue', need: 'required', question: 'suggestion' },
    { name: 'school', need: 'required', question: 'school' },
    { name: 'name', need: 'required', question: 'reporter' },
    phone,
    { name: 'class', need: 'welcome', question: 'class' },
    remark,
  ],
});
