/** The whole road without any platform: a customer in the widget, an agent at /desk, both in a real browser. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Address, Nature } from '../../dialogs/vocabulary';
import { pictures } from '../files/pictures';
import { breaches } from '../support/accessibility';
import { openBrowser } from '../support/browser';
import { builtPages } from '../support/program';
import { openRealDesk, type RealDesk, RUN_TOKEN } from '../support/realDesk';

const output = resolve(__dirname, '../output');
const calm: BrowserContextOptions = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' };
/** The smallest picture there is. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const shot = (page: Page, name: string) => page.screenshot({ path: join(output, `desk-${name}.png`) });

describe('a customer and an agent without any platform between them', () => {
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

  async function customer() {
    const context = await browser.newContext({ ...calm, viewport: { width: 800, height: 800 } });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    await page.goto(desk.url);
    const input = page.getByRole('textbox', { name: '请输入您的问题' });
    const say = async (text: string): Promise<void> => {
      await input.fill(text);
      await input.press('Enter');
    };
    return { context, page, say };
  }

  /** A customer who waits for a person already. */
  async function waiting(name: string, nature: Nature = '咨询', issue = '收不到短信'): Promise<void> {
    const from: Address = { channel: 'web', account: 'default', user: `visitor-of-${name}` };
    const text = `我是实验小学三(2)班${name}的妈妈，电话13800138000，${issue}，转人工`;
    await desk.conversations.accept({ id: `asks-${name}`, from, at: desk.now(), content: { kind: 'text', text } });
    await desk.conversations.idle();
    await desk.store.tickets.update({ 'slots.name.value': name }, { $set: { nature } });
  }

  async function agent(options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ ...calm, viewport: { width: 1280, height: 840 }, ...options });
    context.setDefaultTimeout(10_000);
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

    const picker = parent.page.locator('qiao-chat input[type=file]');
    await picker.setInputFiles({ name: '截图.jpg', mimeType: 'image/jpeg', buffer: await pictures.jpeg(900, 600) });
    await parent.page.getByText('可以发送').waitFor();
    await parent.page.getByRole('button', { name: '发送' }).click();
    const picture = duty.page.getByRole('img', { name: '图片：截图.jpg' });
    await picture.waitFor();
    expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(480);

    const reply = duty.page.getByRole('textbox', { name: '回复客户' });
    await reply.fill('王女士您好，请问是从哪天开始收不到的？');
    await reply.press('Control+Enter');
    await parent.page.getByText('请问是从哪天开始收不到的？').waitFor();
    await parent.page.getByText('值班客服', { exact: true }).first().waitFor();

    await parent.say('从上周一开始，电话也换成13900139000了');
    await duty.page.getByRole('log').getByText('从上周一开始，电话也换成139****9000了').waitFor();
    await duty.page.getByText('✔ 已送达').waitFor();
    await duty.page.getByRole('button', { name: '内部备注' }).click();
    const note = duty.page.getByRole('textbox', { name: '内部备注，客户看不到' });
    await note.fill('运营商侧显示退订过一次，先重新开通');
    await note.press('Control+Enter');
    await duty.page.getByRole('log').getByText('先重新开通').waitFor();
    await waiting('黄思远', '投诉', '收不到成绩通知');
    await waiting('韦一诺', '申告', '收不到作业通知');
    await duty.page.getByRole('button', { name: '待认领 2' }).click();
    await duty.page.getByRole('button', { name: '回复客户' }).click();
    await shot(duty.page, 'thread');

    await duty.page.getByRole('group', { name: '操作' }).getByRole('button', { name: '解决' }).click();
    await duty.page.getByRole('textbox', { name: /处理结果/ }).fill('已重新开通短信，请留意今天的通知');
    await duty.page.getByRole('button', { name: '解决并告知客户' }).click();
    await parent.page.getByText('已重新开通短信，请留意今天的通知').waitFor();
    await parent.page.getByRole('button', { name: '非常满意' }).waitFor();
    await duty.page
      .getByRole('log')
      .getByText(/值班客服已解决/)
      .waitFor();
    await shot(duty.page, 'resolved');
    await shot(parent.page, 'customer');
    expect(await desk.conversations.audit()).toMatchObject({ lost: 0, deadLettered: 0 });
    await parent.context.close();
    await duty.context.close();
  }, 90_000);

  test('files from an agent reach the customer, chosen, dropped or pasted; what may not go is said', async () => {
    const parent = await customer();
    const duty = await agent();
    await parent.page.getByRole('button', { name: '家长', exact: true }).click();
    await parent.say('我是实验小学三(2)班何小川的妈妈，电话13800138000，收不到短信，转人工');
    await duty.page
      .getByRole('navigation', { name: '工单列表' })
      .getByRole('button', { name: /何小川/ })
      .click();
    await duty.page.getByRole('group', { name: '操作' }).getByRole('button', { name: '认领' }).click();
    const composer = duty.page.getByRole('region', { name: '撰写' });
    const input = composer.locator('input[type=file]');
    await composer.getByRole('button', { name: '添加文件' }).waitFor();
    const log = duty.page.getByRole('log');

    await input.setInputFiles({ name: '说明.zip', mimeType: 'application/zip', buffer: Buffer.from('PK') });
    await composer.getByText(/这种文件不能发送/).waitFor();
    await composer.getByRole('button', { name: '移除 说明.zip' }).click();
    await input.setInputFiles({ name: '假图.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') });
    await composer.getByText(/这种文件不能发送/).waitFor();
    await composer.getByRole('button', { name: '移除 假图.png' }).click();

    await input.setInputFiles({ name: '步骤一.png', mimeType: 'image/png', buffer: PNG });
    await composer.getByText('可以发送').waitFor();
    await shot(duty.page, 'files');
    expect(await breaches(duty.page)).toEqual([]);
    await composer.getByRole('textbox', { name: '回复客户' }).fill('请按图操作');
    await composer.getByRole('button', { name: '发送给客户' }).click();
    await log.getByRole('img', { name: '图片：步骤一.png' }).waitFor();
    await parent.page.getByText('请按图操作').waitFor();
    await parent.page.getByRole('img', { name: /步骤一/ }).waitFor();

    for (const [way, name] of [
      ['drop', '步骤二.png'],
      ['paste', '步骤三.png'],
    ] as const) {
      await composer.getByRole('textbox', { name: '回复客户' }).evaluate(
        (area, given) => {
          const bytes = Uint8Array.from(atob(given.bytes), (sign) => sign.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], given.name, { type: 'image/png' }));
          const more = { bubbles: true, cancelable: true };
          const event =
            given.way === 'drop'
              ? new DragEvent('drop', { ...more, dataTransfer: data })
              : new ClipboardEvent('paste', { ...more, clipboardData: data });
          area.dispatchEvent(event);
        },
        { way, name, bytes: PNG.toString('base64') },
      );
      await composer.getByText('可以发送').waitFor();
      await composer.getByRole('button', { name: '发送给客户' }).click();
      await log.getByRole('img', { name: `图片：${name}` }).waitFor();
    }
    await parent.context.close();
    await duty.context.close();
  }, 90_000);

  test('what supervisors were told while no page was open is there when one is, until it is read', async () => {
    const at = desk.now() - 3_600_000;
    const notice = { id: 'queue@test', at, to: 'supervisors' as const, title: '排队过长', text: '12 人在等待人工', page: true };
    await desk.store.notices.insert({ _id: notice.id, notice, told: ['slack'], open: false, tries: 1, notBefore: at, at: new Date(at) });
    const { context, page } = await agent();
    await page
      .getByRole('region', { name: '通知' })
      .getByText(/您不在时有 \d+ 条重要通知/)
      .waitFor();
    await page.getByRole('button', { name: /^通知，\d+ 条未读$/ }).click();
    const dialog = page.getByRole('dialog', { name: '最近一天的通知' });
    await dialog.getByText('12 人在等待人工').waitFor();
    await dialog.getByText('未读').first().waitFor();
    await shot(page, 'notices');
    expect(await breaches(page)).toEqual([]);
    await dialog.getByRole('button', { name: '知道了' }).click();
    await page.reload();
    await page.getByRole('button', { name: '通知', exact: true }).click();
    await dialog.getByText('12 人在等待人工').waitFor();
    expect(await dialog.getByText('未读').count()).toBe(0);
    await context.close();
  });

  const phone: BrowserContextOptions = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
  test.each<readonly [string, BrowserContextOptions]>([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['phone', phone],
  ])(
    "the queue, a ticket, its notes and its questions stand in nobody's way (%s)",
    async (name, options) => {
      const child = `陈${name === 'phone' ? '小雨' : name === 'dark' ? '小雪' : '小云'}`;
      await waiting(child, '投诉');
      const { context, page } = await agent(options);
      await page
        .getByRole('navigation', { name: '工单列表' })
        .getByRole('button', { name: new RegExp(child) })
        .click();
      const acts = page.getByRole('group', { name: '操作' });
      await acts.getByRole('button', { name: '认领' }).click();
      await acts.getByRole('button', { name: '解决' }).waitFor();
      if (name === 'phone') await page.getByText('工单资料').click();
      await page.getByRole('button', { name: '查看', exact: true }).click();
      await page.getByText('13800138000', { exact: true }).waitFor();
      await page.getByRole('button', { name: '内部备注' }).click();
      const note = page.getByRole('textbox', { name: '内部备注，客户看不到' });
      await note.fill('已联系设备组，今天下午上门');
      await note.press('Control+Enter');
      await page.getByRole('log').getByText('已联系设备组，今天下午上门').waitFor();
      await shot(page, `${name}-note`);
      expect(await breaches(page)).toEqual([]);
      await acts.getByRole('button', { name: '解决' }).click();
      await page.getByRole('textbox', { name: /处理结果/ }).fill('考勤机已更换');
      await page.getByRole('button', { name: '解决并告知客户' }).click();
      await page.getByText('请填写原因（仅内部可见）。').waitFor();
      await shot(page, `${name}-resolve`);
      expect(await breaches(page)).toEqual([]);
      await page.getByRole('button', { name: '取消' }).click();
      await page.getByRole('button', { name: '回复客户' }).click();
      await page.getByRole('textbox', { name: '回复客户' }).fill('这是没写完的话');
      await page.reload();
      await page.getByRole('button', { name: /我的工单/ }).click();
      await shot(page, `${name}-mine`);
      await page
        .getByRole('navigation', { name: '工单列表' })
        .getByRole('button', { name: new RegExp(child) })
        .click();
      await shot(page, `${name}-draft`);
      expect(await page.getByRole('textbox', { name: '回复客户' }).inputValue()).toBe('这是没写完的话');
      await context.close();
    },
    90_000,
  );

  test('everything can be done from the keyboard, and letters are letters while one writes', async () => {
    await waiting('李小安');
    const { context, page } = await agent();
    await page.getByRole('button', { name: /李小安/ }).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { level: 2, name: /\d{8}-\d{4}/ }).waitFor();
    await page.keyboard.press('c');
    await page.getByRole('group', { name: '操作' }).getByRole('button', { name: '解决' }).waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('jc?/');
    expect(await page.getByRole('textbox', { name: '回复客户' }).inputValue()).toBe('jc?/');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: '快捷键' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('heading', { name: '快捷键' }).isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    await page.keyboard.press('/');
    await page.keyboard.type('李小安');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '查找结果 1' }).waitFor();
    await context.close();
  });

  test('two customers who are one person are merged and taken back, from the keyboard too; who has nobody alike reads why', async () => {
    for (const name of ['周小满', '周小满的同学']) await waiting(name);
    const same = { 'slots.phone': { raw: '13700137000', value: '13700137000' } };
    const alike = await desk.store.tickets.find({ 'slots.name.value': { $in: ['周小满', '周小满的同学'] } }, { sort: { _id: 1 } });
    for (const { _id } of alike) await desk.store.tickets.update({ _id }, { $set: same });
    const [here = '', there = ''] = alike.map(({ _id }) => _id);
    const { context, page } = await agent();
    const open = async (number: string) => {
      await page.getByRole('searchbox', { name: '查找工单' }).fill(number);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 2, name: new RegExp(number) }).waitFor();
    };
    await open(here);
    const press = page.getByRole('group', { name: '操作' }).getByRole('button', { name: '合并客户' });
    await press.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: '合并客户' });
    await dialog.getByText('手机号码相同').waitFor();
    for (const words of [here, there, '137****7000', '网页']) await dialog.getByText(words).first().waitFor();
    expect(await dialog.getByText('13700137000').count()).toBe(0);
    await shot(page, 'merge');
    expect(await breaches(page)).toEqual([]);
    await dialog.getByRole('button', { name: '合并为同一位客户' }).click();
    await dialog.getByText('请选择一位客户').waitFor();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });

    const log = page.getByRole('log');
    await log.getByText('值班客服合并了客户（手机号码相同）').waitFor();
    await shot(page, 'merged');
    expect(await breaches(page)).toEqual([]);
    await page.getByRole('button', { name: new RegExp(`^${there}`) }).click();
    await page.getByRole('heading', { level: 2, name: new RegExp(there) }).waitFor();
    await log.getByRole('button', { name: '撤销合并' }).click();
    await log.getByText('值班客服撤销了合并').waitFor();
    await log.getByRole('button', { name: '撤销合并' }).waitFor({ state: 'hidden' });
    expect(await desk.store.merges.find({ undone: null })).toEqual([]);

    await desk.store.tickets.update({ _id: there }, { $set: { slots: {} } });
    await open(there);
    await press.click();
    await dialog.getByText('没有找到可能是同一个人的客户').waitFor();
    expect(await breaches(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await context.close();
  }, 90_000);

  test('a line that broke is said, and what was missed is there when it is back', async () => {
    const { context, page } = await agent();
    await context.setOffline(true);
    await page.getByText('连接已断开，正在自动重连；恢复后会补上新消息。').waitFor({ timeout: 60_000 });
    await waiting('赵小北');
    await context.setOffline(false);
    await page.getByRole('button', { name: /赵小北/ }).waitFor();
    await context.close();
  }, 90_000);

  test('whoever has no token is asked for it, and told what is wrong with a wrong one', async () => {
    const context = await browser.newContext(calm);
    const page = await context.newPage();
    await page.goto(`${desk.url}/desk`);
    expect(await breaches(page)).toEqual([]);
    await page.getByLabel('坐席口令').fill('wrong');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByText('口令不对或已失效').waitFor();
    await shot(page, 'sign-in');
    await context.close();
  });
});
