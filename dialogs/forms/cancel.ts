/** Leaving the service: one polite offer inside the question for the reason, then it is done (S4-13, S4-56). */
import { defineForm, identity, remark } from './definition';

export const cancel = defineForm({
  name: 'cancel',
  title: { zh: '退订业务', en: 'Cancel the service' },
  nature: '业务办理',
  department: '业务受理组',
  perChild: true,
  fields: [
    { name: 'reason', need: 'asked', question: 'cancelReason' },
    { name: 'phone', need: 'required', question: 'servicePhone' },
    { name: 'name', need: 'required', question: 'name' },
    ...identity.filter((field) => field.name !== 'name'),
    remark,
  ],
});
