import { explain } from '../../../dialogs/copy/reasons';

test('a refused phone number is told with its count and what to do', () => {
  const text = explain({ raw: '1380013800', code: 'phoneTooShort' }, 'zh');
  expect(text).toContain('11位');
  expect(text).toContain('10位');
  expect(text).toContain('1380013800');
  expect(text).toContain('请');
});

test('spoken digits are counted too', () => {
  expect(explain({ raw: '一三八零零', code: 'phoneTooShort' }, 'zh')).toContain('5位');
});

test('English has its own words', () => {
  expect(explain({ raw: '138001380001', code: 'phoneTooLong' }, 'en')).toMatch(/11 digits.*12/);
});
