import { existsSync } from 'node:fs';
import { GROUP } from './crowd';
import { startWechatSimulation } from './simulation';

test('a crowd writes to a personal account: who names it is answered once, a dead gateway loses nothing, and the phone logs in again', async () => {
  const lines: string[] = [];
  const { heard, account, tickets, url, server, folder, close } = await startWechatSimulation((line) => lines.push(line));
  try {
    const to = (user: string) => heard.flatMap((one) => (one.to === user ? [one.text] : []));
    expect(to('王妈妈').join('\n')).toContain('补卡');
    expect(to('李爸爸').join('\n')).toContain('我正在为您核实');
    expect(to(GROUP)).toHaveLength(1);
    expect(to(GROUP)[0]).toMatch(/^@赵妈妈\u2005.*退订/s);
    expect([to('吴爸爸').length, to('黄妈妈').length, to('周奶奶').length]).toEqual([1, 1, 0]);
    expect(account).toMatchObject({ state: 'online', self: '小桥', owner: '小桥', unsaved: 0, missed: 0 });
    expect(tickets.map(({ nature }) => nature)).toEqual(['咨询']);
    expect(to('赵妈妈').join('\n')).toContain('部门主管');

    // The server is stopped while this is under way.
    await fetch(url, { method: 'POST', body: new URLSearchParams({ text: '怎么退订' }) });
    expect(await (await fetch(url)).text()).toContain('怎么退订');
  } finally {
    await close();
  }
  expect(existsSync(folder)).toBe(false);
  await expect(fetch(`${server}/healthz`)).rejects.toThrow();
}, 180_000);
