/**
 * China's statutory holidays and make-up workdays (调休), as data.
 * Source: 国务院办公厅关于2026年部分节假日安排的通知, 4 November 2025. Other years come through the settings.
 */

/** Every day from `first` to `last`, both included. */
function days(first: string, last: string): string[] {
  const list: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) list.push(new Date(at).toISOString().slice(0, 10));
  return list;
}

export const HOLIDAYS: readonly string[] = [
  ...days('2026-01-01', '2026-01-03'), // 元旦
  ...days('2026-02-15', '2026-02-23'), // 春节
  ...days('2026-04-04', '2026-04-06'), // 清明节
  ...days('2026-05-01', '2026-05-05'), // 劳动节
  ...days('2026-06-19', '2026-06-21'), // 端午节
  ...days('2026-09-25', '2026-09-27'), // 中秋节
  ...days('2026-10-01', '2026-10-07'), // 国庆节
];

export const WORKDAYS: readonly string[] = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'];
