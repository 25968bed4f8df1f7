/** A complaint: the matter first, then who, the class if they like to say; the supervisor knows before the form is complete (S4-36). */
import { defineForm, phone, remark } from './definition';

export const complaint = defineForm({
  name: 'complaint',
  title: { zh: '投诉', en: 'Complaint' },
  nature: '投诉',
  priority: 'high',
  department: '客服部',
  flags: ['supervisor'],
  followUp: true,
  fields: [
    { name: 'issue', need: 'required', question: 'complaintIssue' },
    { name: 'against', need: 'welcome', question: 'against' },
    { name: 'school', need: 'required', question: 'school' },
    { name: 'class', need: 'asked', question: 'class' },
    { name: 'name', need: 'required', question: 'name' },
    phone,
    remark,
  ],
});
