/** A personal WeChat account without WeChat: wechaty's mock behind its own gateway, the built server, a scripted crowd, and a page to write on. */
import type { Accounts } from '../../../adapters/wechat/wire';
import { until } from '../../support/until';
import { openGateway, type Said } from '../../support/wechat/gateway';
import { type PutUp, putUp } from '../stage';
import { openWritePage } from '../writePage';
import { GROUP, SELF, type Stage, scenes } from './crowd';

type Heard = Readonly<{ at: number; to: string; text: string }>;
type Ticket = Readonly<{ number: string; nature: string; status: string }>;

export type WechatSimulation = PutUp<
  Readonly<{
    /** Where a person writes to the account. */
    url: string;
    server: string;
    /** What the account said, to whom or into which group. */
    heard: readonly Heard[];
    account: Accounts['accounts'][number];
    tickets: readonly Ticket[];
  }>
>;

const ACCOUNT = 'help';
/** The page of logins answers only so many looks a minute. */
const LOOK_MS = 200;
const indented = (text: string): string => text.replaceAll('\n', '\n      ');

/** Plays the crowd to its end, telling each step by `say`; the server stays up until it is closed. */
export function startWechatSimulation(say: (line: string) => void): Promise<WechatSimulation> {
  return putUp(async ({ seed, serve, ends }) => {
    await seed();
    const gateway = await openGateway();
    ends(gateway.close);
    gateway.person(SELF);
    const everybody = ['王妈妈', '李爸爸', '赵妈妈', '周奶奶', '陈老师', '吴爸爸', '黄妈妈', '您'];
    for (const name of everybody) gateway.person({ id: name, name });
    gateway.room(GROUP, '三(2)班家长群', [SELF.id, ...everybody]);
    const heard: Heard[] = [];
    gateway.onSaid(({ to, text, file }: Said) => {
      heard.push({ at: Date.now(), to, text });
      say(`  ← ${to === GROUP ? '三(2)班家长群' : to}：${file ? `［${file}］` : indented(text)}`);
    });
    const accounts = [{ account: ACCOUNT, ...gateway.reached, pace: [0, 0], heartbeatSeconds: 5 }];
    const desk = await serve({ WECHAT_ACCOUNTS: JSON.stringify(accounts) });

    const look = async (): Promise<WechatSimulation['account']> => {
      const [account] = (await desk.ask<Accounts>('/channels/wechat/state')).accounts;
      if (!account) throw new Error('the server has no account');
      return account;
    };
    const answered: Stage['answered'] = async (user, by) => {
      const before = heard.filter(({ to }) => to === user).length;
      await by();
      await until(() => heard.filter(({ to }) => to === user).length > before, `${user} is answered`);
    };
    const stage: Stage = {
      gateway,
      answered,
      note: (text) => say(`  · ${text}`),
      async says(user, text, group) {
        say(`  → ${user}${group ? '在群里' : ''}：${group ? '@小桥 ' : ''}${text}`);
        const there = group ? { room: GROUP, mentions: [SELF.id] } : {};
        await answered(
          group ? GROUP : user,
          async () => void gateway.write({ from: user, text: group ? `@小桥\u2005${text}` : text, ...there }),
        );
      },
      async act(body) {
        const { tickets } = await desk.ask<{ tickets: readonly Ticket[] }>('/api/tickets?limit=1');
        await desk.ask(`/api/tickets/${tickets[0]?.number}/acts`, body);
      },
      async becomes(state, unsaved) {
        await until(async () => {
          const now = await look();
          if (now.state === state && (unsaved === undefined || now.unsaved === unsaved)) return true;
          await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
          return false;
        }, `the account is ${state}`);
      },
    };
    await stage.becomes('starting');
    for (const { title, play } of scenes) {
      say(`\n■ ${title}`);
      await play(stage);
    }
    const { tickets } = await desk.ask<{ tickets: readonly Ticket[] }>('/api/tickets');
    say('\n■ 工单 / tickets');
    for (const { number, nature, status } of tickets.toReversed()) say(`  ${number}  ${nature}  ${status}`);
    await stage.becomes('online', 0);
    const account = await look();
    say(`\n  还没保存 ${account.unsaved}，没有取到 ${account.missed}`);
    const url = await openWritePage(
      '个人微信模拟',
      {
        write: async (text) => void gateway.write({ from: '您', text }),
        shown: () => heard.filter(({ to }) => to === '您'),
      },
      ends,
    );
    return { url, server: desk.url, heard, account, tickets };
  });
}
