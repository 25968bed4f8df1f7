import type { Slots } from '../../dialogs/vocabulary';
import { flagsOf } from '../../src/desk/flags';
import type { TicketEvent } from '../../src/store/documents';

const slot = (value: string) => ({ raw: value, value });
const told: Slots = { school: slot('明秀路小学'), class: slot('三年级2班'), name: slot('王小明'), phone: slot('13800000000') };
const flags = ['incomplete', 'after-hours'] as const;

test('a ticket is marked incomplete only as long as something the form needs is missing', () => {
  expect(flagsOf({ form: 'intake', slots: told, flags: [...flags], events: [] })).toEqual(flags);
  expect(flagsOf({ form: 'intake', slots: { ...told, issue: slot('收不到短信') }, flags: [...flags], events: [] })).toEqual([
    'after-hours',
  ]);
});

test('a ticket asks for a call only until the customer writes again or is reached', () => {
  const event = (kind: TicketEvent['kind'], data: Record<string, unknown> = {}): TicketEvent => ({
    id: kind,
    kind,
    at: new Date(0),
    by: 'bot',
    data,
  });
  const unreached = event('undelivered', { flags: ['call-back'] });
  const marked = (...events: TicketEvent[]) => flagsOf({ form: 'intake', slots: told, flags: ['call-back'], events });
  expect(marked(event('message'), unreached)).toEqual(['call-back']);
  expect(marked(unreached, event('note'))).toEqual(['call-back']);
  expect(marked(unreached, event('message'))).toEqual([]);
  expect(marked(unreached, event('delivered'), event('dead-lettered', { flags: ['call-back'] }))).toEqual(['call-back']);
});
