/** The whole road without any platform: a customer in the widget, an agent at /desk, both in a real browser. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { breaches } from '../support/accessibility';
import { openBrowser } from '../support/browser';
import { buildConsole } from '../support/buildConsole';
import { openRealDesk, type RealDesk, RUN_TOKEN } from '../support/realDesk';

const output = resolve(__dirname, '../output');
const calm: BrowserContextOptions = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' };
const shot = (page: Page, name: string) => page.screenshot({ path: join(output, `desk-${name}.png`) });

describe('a customer and an agent without any platform between them', () => {
  let dir: string;
  let browser: Browser;
  let desk: RealDesk;

  beforeAll(async () => {
    await mkdir(output, { recursive: true });
    dir = await mkdtemp(join(tmpdir(), 'qiao-desk-'));
    desk = await openRealDesk(dir, await buildConsole(join(dir, 'pages')));
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
    await rm(dir, { recursive: true });
  });

  async function customer() {
    const context = await browser.newContext({ ...calm, viewport: { width: 800, height: 800 } });
    const page = await context.newPage();
    await page.goto(desk.url);
    const input = page.getByRole('textbox', { name: '请输入您的问题' });
    const say = async (text: string): Promise<void> => {
      await input.fill(text);
      await input.press('Enter');
    };
    return { context, page, say };
  }

  async function agent(options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ ...calm, viewport: { width: 1280, height: 840 }, ...options });
    const page = await context.newPage();
    await page.goto(`${desk.url}/desk#${encodeURIComponent(RUN_TOKEN)}`);
    await page.getByRole('button', { name: '退出' }).waitFor();
    return { context, page };
  }

  test('a person is asked for, claims, talks with the customer, and resolves; the customer hears each word and is asked how it was', async () => {
    const parent = await customer();
    const duty = await agent();
    expect(duty.page.url()).toBe(`${desk.url}/desk`);
    await duty.page.getByText('没有等待认领的工单，新的工单会自动出现在这里。').waitFor();

    await parent.page.getByRole('button', { name: '家长', exact: true }).click();
    await parent.say('我是实验小学三(2)班王小明的妈妈，电话13800138000，收不到短信，转人工');
    const card = duty.page.getByRole('navigation', { name: '工单列表' }).getByRole('button', { name: /王小明/ });
    await card.click();
    await shot(duty.page, 'queue');
    await duty.page.getByText('认领后即可回复客户；也可以先写内部备注。').waitFor();
    await duty.page.getByRole('group', { name: '操作' }).getByRole('button', { name: '认领' }).click();

    const reply = duty.page.getByRole('textbox', { name: '回复客户' });
    await reply.fill('王女士您好，请问是从哪天开始收不到的？');
    await reply.press('Control+Enter');
    await parent.page.getByText('请问是从哪天开始收不到的？').waitFor();
    await parent.page.getByText('值班客服', { exact: true }).first().waitFor();

    await parent.say('从上周一开始，电话也换成13900139000了');
    await duty.page.getByRole('log').getByText('从上周一开始，电话也换成13900139000了').waitFor();
    await shot(duty.page, 'thread');

    await duty.page.getByRole('group', { name: '操作' }).getByRole('button', { name: '解决' }).click();
    await duty.page.getByRole('textbox', { name: /处理结果/ }).fill('已重新开通短信，请留意今天的通知');
    await duty.page.getByRole('button', { name: '解决并告知客户' }).click();
    await parent.page.getByText('已重新开通短信，请留意今天的通知').waitFor();
    await duty.page
      .getByRole('log')
      .getByText(/值班客服已解决/)
      .waitFor();
    await shot(duty.page, 'resolved');
    await shot(parent.page, 'customer');
    expect(await desk.conversations.audit()).toMatchObject({ lost: 0, deadLettered: 0 });
    await parent.context.close();
    await duty.context.close();
  });

  test.each(['light', 'dark'] as const)('nothing stands in the way of anybody (%s)', async (colorScheme) => {
    const { context, page } = await agent({ colorScheme });
    expect(await breaches(page)).toEqual([]);
    await context.close();
  });
});
