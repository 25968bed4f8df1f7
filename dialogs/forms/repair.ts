/** A fault of a device at a school (P2-1). */
import { defineForm, phone, remark } from './definition';

export const repair = defineForm({
  name: 'repair',
  title: { zh: '设备报修', en: 'Device repair' },
  nature: '申告',
  department: '设备维修组',
  fields: [
    { name: 'school', need: 'required', question: 'school' },
    { name: 'issue', need: 'required', question: 'repairIssue' },
    { name: 'place', need: 'required', question: 'place' },
    { name: 'device', need: 'welcome', question: 'device' },
    { name: 'since', need: 'required', question: 'since' },
    { name: 'name', need: 'required', question: 'reporter' },
    phone,
    { name: 'class', need: 'welcome', question: 'class' },
    remark,
  ],
});
