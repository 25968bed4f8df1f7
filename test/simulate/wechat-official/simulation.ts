/** An official account without WeChat: the pretended platform, the built server pointed at it, a scripted crowd, and a page where anybody may join in. */
import type { Shown } from '../../support/wechat-official/api';
import { configured, openOfficialPlatform, school } from '../../support/wechat-official/platform';
import { type PutUp, putUp } from '../stage';
import { openWritePage } from '../writePage';
import { scenes } from './crowd';

export type Simulation = PutUp<
  Readonly<{
    /** Where a person writes to the account. */
    url: string;
    server: string;
  }>
>;

type Ticket = Readonly<{ number: string; nature: string; status: string; flags: readonly string[] }>;

const ways = { response: '直接返回', call: '客服消息', template: '模板消息' } as const;
/** So long nothing was shown to anybody: the desk has said what it had to say. */
const QUIET_MS = 1_200;
const indented = (text: string): string => text.replaceAll('\n', '\n      ');

/** Starts everything, plays the crowd and tells it through `say`; the desk stays up until it is closed. */
export function startOfficialSimulation(say: (line: string) => void): Promise<Simulation> {
  return putUp(async ({ seed, serve, ends }) => {
    await seed();
    let route = '';
    let heard = Date.now();
    const onShown = ({ user, by, kind, text }: Shown): void => {
      heard = Date.now();
      say(`  ← ${user}（${ways[by]}）${kind === 'image' ? '[图片]' : indented(text)}`);
    };
    const platform = await openOfficialPlatform({ accounts: [school], route: () => route, onShown });
    ends(platform.close);
    const desk = await serve({ WECHAT_OFFICIAL_ACCOUNTS: JSON.stringify([configured(school, platform.url)]) });
    route = desk.url;

    /** Nothing new was shown for a moment, and no message waits at the desk. */
    async function still(): Promise<void> {
      for (;;) {
        const { status } = await fetch(`${desk.url}/readyz`);
        if (status === 200 && Date.now() - heard > QUIET_MS) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    const note = (text: string): void => say(`  · ${text}`);
    const says = async (user: string, text: string): Promise<void> => {
      say(`  → ${user}：${text}`);
      const { acknowledged, tries } = await platform.say('school', user, text);
      if (!acknowledged) say(`    （投递 ${tries} 次，没有应答）`);
    };
    const act = async (body: object): Promise<readonly string[]> => {
      await still();
      const { tickets } = await desk.ask<{ tickets: readonly Ticket[] }>('/api/tickets?limit=1');
      const path = `/api/tickets/${tickets[0]?.number}`;
      await desk.ask(`${path}/acts`, body).catch((error: unknown) => note(`坐席的操作没有成功：${error}`));
      heard = Date.now();
      await still();
      return (await desk.ask<{ ticket: Ticket }>(path)).ticket.flags;
    };

    for (const { title, play } of scenes) {
      say(`\n■ ${title}`);
      await play({ platform, says, note, act });
      heard = Date.now();
      await still();
    }
    say('\n■ 工单 / tickets');
    const { tickets } = await desk.ask<{ tickets: readonly Ticket[] }>('/api/tickets');
    for (const { number, nature, status, flags } of tickets.toReversed()) say(`  ${number}  ${nature}  ${status}  ${flags.join('、')}`);
    const shown = () => platform.shown.filter(({ user }) => user === '您');
    const url = await openWritePage('公众号模拟', { write: (text) => says('您', text), shown }, ends);
    return { url, server: desk.url };
  });
}
