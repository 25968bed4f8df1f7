import type { Slots } from '../../dialogs/vocabulary';
import { flagsOf } from '../../src/desk/flags';

const slot = (value: string) => ({ raw: value, value });
const told: Slots = { school: slot('明秀路小学'), class: slot('三年级2班'), name: slot('王小明'), phone: slot('13800000000') };
const flags = ['incomplete', 'after-hours'] as const;

test('a ticket is marked incomplete only as long as something the form needs is missing', () => {
  expect(flagsOf({ form: 'intake', slots: told, flags: [...flags] })).toEqual(flags);
  expect(flagsOf({ form: 'intake', slots: { ...told, issue: slot('收不到短信') }, flags: [...flags] })).toEqual(['after-hours']);
});
