import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from '../support/browser';
import { builtPages } from '../support/program';
import { openRealDesk, type RealDesk } from '../support/realDesk';

const output = resolve(__dirname, '../output');
const devices: readonly (readonly [string, BrowserContextOptions])[] = [
  ['desktop', { viewport: { width: 1280, height: 840 } }],
  ['phone', { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }],
];

describe('a parent with a real desk behind the chat', () => {
  let dir: string;
  let browser: Browser;
  let desk: RealDesk;

  beforeAll(async () => {
    await mkdir(output, { recursive: true });
    dir = await mkdtemp(join(tmpdir(), 'qiao-desk-'));
    desk = await openRealDesk(dir, builtPages);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
    await rm(dir, { recursive: true });
  });

  test.each(devices)(
    'asks, is answered, fills in what is missing and holds the number of a stored ticket (%s)',
    async (device, options) => {
      const context = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce', ...options });
      const page: Page = await context.newPage();
      const shot = (name: string) => page.screenshot({ path: join(output, `journey-${device}-${name}.png`) });
      const input = page.getByRole('textbox', { name: '请输入您的问题' });
      const say = async (text: string): Promise<void> => {
        await input.fill(text);
        await input.press('Enter');
      };
      await page.goto(desk.url);
      await page.getByRole('button', { name: '家长', exact: true }).click();
      await say('收不到学校发的短信怎么办');
      await page.getByRole('button', { name: '没帮助' }).waitFor();
      await shot('answer');
      await page.getByRole('button', { name: '帮我登记' }).click();
      await page.getByRole('button', { name: '填写表单' }).click();
      const values = { 学校: '实验小学', 班级: '三年级2班', 姓名: '王小明', 手机号码: device === 'phone' ? '13800138001' : '13800138000' };
      for (const [label, value] of Object.entries(values)) await page.getByRole('textbox', { name: new RegExp(`^${label}`) }).fill(value);
      await page.getByRole('textbox', { name: /^事由/ }).fill('收不到学校短信');
      await shot('form');
      await page.getByRole('button', { name: '提交', exact: true }).click();
      await page.getByRole('button', { name: '确认提交' }).waitFor();
      await shot('check');
      await page.getByRole('button', { name: '确认提交' }).click();
      const said = page.getByText(/工单编号 \d{8}-\d{4}/);
      await said.waitFor();
      await shot('ticket');
      await desk.conversations.idle();
      const number = /\d{8}-\d{4}/.exec((await said.textContent()) ?? '')?.[0] ?? '';
      const ticket = await desk.store.tickets.get(number);
      expect(ticket?.slots).toMatchObject({
        school: { value: '南宁市实验小学' },
        class: { value: '三年级2班' },
        name: { value: '王小明' },
        phone: { value: values.手机号码 },
        issue: { value: '收不到学校短信' },
      });
      expect(await desk.conversations.audit()).toMatchObject({ lost: 0, deadLettered: 0 });
      await context.close();
    },
  );
});
