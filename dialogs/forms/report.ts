/** A report of bad content: hidden first, looked at by the supervisor at once (P14, S4-22, S4-24). */
import { defineForm, phone } from './definition';

export const report = defineForm({
  name: 'report',
  title: { zh: '不良信息举报', en: 'Report of bad content' },
  nature: '投诉',
  priority: 'high',
  department: '客服部',
  flags: ['quarantine', 'supervisor'],
  followUp: true,
  fields: [
    { name: 'issue', need: 'required', question: 'reportIssue' },
    { name: 'school', need: 'required', question: 'school' },
    { name: 'remark', need: 'asked', question: 'reportDetails' },
    phone,
    { name: 'class', need: 'welcome', question: 'class' },
    { name: 'name', need: 'welcome', question: 'reporter' },
  ],
});
