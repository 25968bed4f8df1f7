import { existsSync } from 'node:fs';
import { startPhoneSimulation } from './simulation';

test('a scripted crowd calls: each call stands once, who is known pops up, and one caller missed twice is one task to call back', async () => {
  const lines: string[] = [];
  const { figures, calls, server, folder, close } = await startPhoneSimulation((line) => lines.push(line));
  try {
    const told = lines.join('\n');
    const ticket = /客户确认，工单 (\d{8}-\d{4})/.exec(told)?.[1] ?? 'none';
    expect(told).toContain('来电人 13800138000：王小明 南宁市实验小学 三年级2班');
    expect(told).toContain(`未结工单 ${ticket}（`);
    expect(calls.map(({ state }) => state)).toEqual(['missed', 'ended', 'ended', 'ended', 'missed', 'missed', 'ended']);
    expect(calls.map(({ waitedSeconds }) => waitedSeconds)).toEqual([undefined, 6, 12, 32, undefined, undefined, 9]);
    const [task, , , , again, withheld] = calls.map(({ callBack }) => callBack);
    expect(task).toMatch(/^\d{8}-\d{4}$/);
    expect([again, withheld]).toEqual([task, undefined]);
    expect(figures).toMatchObject({ calls: 7, answered: 4, missed: 3, inTime: 3, rate: 3 / 7 });
    expect(told).toContain('三声接听率 43%');
  } finally {
    await close();
  }
  expect(existsSync(folder)).toBe(false);
  await expect(fetch(`${server}/healthz`)).rejects.toThrow();
});
