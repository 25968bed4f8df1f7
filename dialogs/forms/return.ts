/** Return and exchange of cards and devices (P8-1). */
import { defineForm, identity, phone, remark } from './definition';

export const returns = defineForm({
  name: 'return',
  title: { zh: '退换', en: 'Return or exchange' },
  nature: '业务办理',
  department: '设备维修组',
  fields: [
    { name: 'item', need: 'required', question: 'item' },
    { name: 'issue', need: 'required', question: 'returnIssue' },
    ...identity,
    phone,
    remark,
  ],
});
