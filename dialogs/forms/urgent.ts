/** The urgent lane: a ticket at once, then four questions and no more (P15, S4-10). */
import { defineForm } from './definition';

export const urgent = defineForm({
  name: 'urgent',
  title: { zh: '紧急事项', en: 'Urgent matter' },
  nature: '紧急',
  priority: 'urgent',
  department: '技术支持部',
  flags: ['urgent', 'supervisor'],
  ticketFirst: true,
  followUp: true,
  fields: [
    { name: 'school', need: 'required', question: 'school' },
    { name: 'recipients', need: 'asked', question: 'recipients' },
    { name: 'eventTime', need: 'required', question: 'eventTime' },
    { name: 'phone', need: 'required', question: 'callback' },
  ],
});
