/** Joining the service: nothing is ordered before fee, charging and cancelling were shown and agreed to (S0-13, S4-56). */
import { defineForm, identity, remark } from './definition';

export const join = defineForm({
  name: 'join',
  title: { zh: '开通业务', en: 'Join the service' },
  nature: '业务办理',
  department: '业务受理组',
  consent: true,
  perChild: true,
  fields: [
    ...identity,
    { name: 'relation', need: 'required', question: 'relation' },
    { name: 'phone', need: 'required', question: 'joinPhone' },
    remark,
  ],
});
