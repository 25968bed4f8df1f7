import { startTeams } from './index';

test('a scripted crowd in Teams is answered: one card makes one ticket, one message one answer, and an outage holds nobody up', async () => {
  const lines: string[] = [];
  const { ticket, tickets, answersToOneSentThrice, acknowledgedInMs, close } = await startTeams((line) => lines.push(line));
  try {
    expect(ticket).toMatch(/^\d{8}-\d{4}$/);
    expect(tickets.map(({ number, form }) => [number, form])).toEqual(expect.arrayContaining([[ticket, 'intake']]));
    expect(answersToOneSentThrice).toBe(1);
    expect(acknowledgedInMs).toBeLessThan(2_000);
    expect(lines.join('\n')).toContain('手机号码 13800138000');
  } finally {
    await close();
  }
});
