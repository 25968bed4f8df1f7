import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import express from 'express';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { pictures } from '../files/pictures';
import { breaches } from '../support/accessibility';
import { openBrowser } from '../support/browser';
import { builtPages } from '../support/program';
import { createScriptedDesk, type ScriptedDesk } from '../support/scriptedDesk';
import { serveWeb, type WebServer } from '../support/webServer';

const output = resolve(__dirname, '../output');
const phone: BrowserContextOptions = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 840 } };
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** A page of some school that embeds the widget with one line. */
const host = express.Router();
host.get('/school', (_, response) => {
  response
    .type('html')
    .send(
      '<!doctype html><html lang="zh"><meta name="viewport" content="width=device-width"><title>实验小学</title><h1>实验小学</h1><script src="/widget.js" defer></script></html>',
    );
});

describe('the chat in a browser', () => {
  let dir: string;
  let browser: Browser;
  let desk: ScriptedDesk;
  let server: WebServer;
  let page: Page;
  const failures: string[] = [];

  const serve = async (port = 0): Promise<WebServer> => {
    const started = await serveWeb(desk, { uploads: { dir } }, port, [express.Router().use(express.static(builtPages)), host]);
    desk.deliverTo(started.web.send);
    return started;
  };
  const visit = async (path: string, options: BrowserContextOptions): Promise<Page> => {
    const context = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce', ...options });
    page = await context.newPage();
    page.on('pageerror', (error) => failures.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) failures.push(message.text());
    });
    await page.goto(server.url + path);
    return page;
  };
  const write = async (text: string): Promise<void> => {
    await page.getByRole('textbox', { name: '请输入您的问题' }).fill(text);
    await page.keyboard.press('Enter');
  };
  const log = () => page.getByRole('log');
  const shot = (name: string) => page.screenshot({ path: join(output, `${name}.png`) });

  beforeAll(async () => {
    await mkdir(output, { recursive: true });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'qiao-web-'));
    desk = createScriptedDesk();
    server = await serve();
    failures.length = 0;
  });
  afterEach(async () => {
    await page?.context().close();
    await server.close();
    await rm(dir, { recursive: true });
    expect(failures).toEqual([]);
  });

  test('a parent asks, fills in the card, checks it and gets a ticket number', async () => {
    await visit('/', desktop);
    await shot('demo-desktop-empty');
    await page.getByRole('button', { name: '家长' }).click();
    await write('收不到学校的通知');
    await page.getByRole('button', { name: '没帮助' }).waitFor();
    await shot('demo-desktop-answer');
    await page.getByRole('button', { name: '没帮助' }).click();
    await page.getByRole('button', { name: '填写表单' }).click();
    await page.getByRole('textbox', { name: /^学校/ }).fill('实验小学');
    await page.getByRole('textbox', { name: /^班级/ }).fill('三年级2班');
    await page.getByRole('textbox', { name: /^手机号码/ }).fill('1380013');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    expect(await page.getByText('请填写姓名').isVisible()).toBe(true);
    await page.getByRole('textbox', { name: /^姓名/ }).fill('王小明');
    expect(await page.getByText('手机号为 11 位').isVisible()).toBe(true);
    expect(await page.getByText('请填写姓名').isVisible()).toBe(false);
    await shot('demo-desktop-form');
    await page.getByRole('textbox', { name: /^手机号码/ }).fill('13800138000');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByRole('button', { name: '确认提交' }).waitFor();
    await shot('demo-desktop-check');
    await page.getByRole('button', { name: '确认提交' }).click();
    await page.getByText('20261122-0007').waitFor();
    await page.getByText('已送达').waitFor();
    await shot('demo-desktop-ticket');
    expect(desk.inbox.find((message) => message.content.kind === 'fields')?.content).toMatchObject({
      values: { school: '实验小学', class: '三年级2班', name: '王小明', phone: '13800138000', issue: '收不到通知' },
    });
  });

  test.each<[string, BrowserContextOptions]>([
    ['desktop-light', desktop],
    ['desktop-dark', { ...desktop, colorScheme: 'dark' }],
    ['phone-light', phone],
    ['phone-dark', { ...phone, colorScheme: 'dark' }],
  ])(
    'everybody can read and use the form, the read-back and the guide: no rule of WCAG 2 A or AA is broken (%s)',
    async (name, options) => {
      const broken: string[] = [];
      const look = async (step: string): Promise<void> => {
        await shot(`${name}-${step}`);
        broken.push(...(await breaches(page)).map((breach) => `${step}: ${breach}`));
      };
      await visit('/', options);
      await page.getByRole('button', { name: '家长' }).waitFor();
      await page.getByRole('button', { name: '收不到学校的通知怎么办？' }).click();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: '没帮助' }).click();
      await page.getByRole('button', { name: '填写表单' }).click();
      expect(await page.getByRole('textbox', { name: /^手机号码/ }).getAttribute('inputmode')).toBe('tel');
      await page.getByRole('textbox', { name: /^手机号码/ }).fill('1380013');
      await page.getByRole('button', { name: '提交', exact: true }).click();
      await look('form');
      const values = { 学校: '实验小学', 班级: '三年级2班', 姓名: '王小明', 手机号码: '13800138000' };
      for (const [label, value] of Object.entries(values)) await page.getByRole('textbox', { name: new RegExp(`^${label}`) }).fill(value);
      await page.getByRole('button', { name: '提交', exact: true }).click();
      await page.getByRole('button', { name: '确认提交' }).waitFor();
      await look('check');
      await page.goto(`${server.url}/docs.html`);
      await look('docs');
      expect(broken).toEqual([]);
    },
    90_000,
  );

  test('the floating chat opens by keyboard, takes the whole phone, closes by Esc and counts what came meanwhile', async () => {
    await visit('/school', phone);
    await page.getByRole('button', { name: '打开在线客服' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '家长' }).waitFor();
    const box = await page.getByRole('dialog', { name: '在线客服' }).boundingBox();
    expect(box).toMatchObject({ x: 0, y: 0, width: 390, height: 780 });
    await shot('floating-phone');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    const [visitor] = desk.inbox;
    if (!visitor) throw new Error('the greeting did not arrive');
    await desk.say(visitor.from, { kind: 'text', text: '我是李老师，您的问题已处理。', from: '李老师' });
    await page.getByRole('button', { name: '打开在线客服，1 条未读消息' }).click();
    await page.getByText('我是李老师，您的问题已处理。').waitFor();
    expect(await log().getByText('李老师', { exact: true }).isVisible()).toBe(true);
    await shot('floating-phone-agent');
  });

  test('buttons of an older question can no longer be pressed', async () => {
    await visit('/school', desktop);
    await page.getByRole('button', { name: '打开在线客服' }).click();
    await page.getByRole('button', { name: '教师' }).click();
    await page.getByText('您说的是：教师').waitFor();
    expect(await page.getByRole('button', { name: '家长' }).isDisabled()).toBe(true);
    await shot('floating-desktop');
  });

  test('words written while the server is away wait, survive a reload, and arrive once', async () => {
    await visit('/', desktop);
    await page.getByRole('button', { name: '家长' }).waitFor();
    const { port } = server;
    await server.close();
    await write('断网时写的话');
    await page.getByText('等待网络').waitFor();
    await page.getByText('网络连接中断').waitFor();
    await shot('demo-desktop-offline');
    server = await serve(port);
    await page.reload();
    await page.getByText('您说的是：断网时写的话').waitFor();
    await page.getByText('已送达').waitFor();
    expect(desk.inbox.filter((message) => message.content.kind === 'text')).toHaveLength(1);
    expect(await page.getByText('断网时写的话', { exact: true }).count()).toBe(1);
  });

  test('a file of an agent is shown under their name: a picture small, a document and a picture of an iPhone as links, all open whole', async () => {
    await visit('/', desktop);
    await page.getByRole('button', { name: '家长' }).waitFor();
    const to = desk.inbox.at(-1)?.from;
    if (!to) throw new Error('the widget did not greet');
    for (const [bytes, name] of [
      [await pictures.jpeg(900, 600), '示意图.png'],
      [Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1'), 'IMG_0001.HEIC'],
      [Buffer.from('%PDF-1.4\n%%EOF\n'), '办理说明.pdf'],
    ] as const) {
      const kept = await server.files.keep(Readable.from([bytes]), name);
      if (kept.kind !== 'kept') throw new Error(kept.message);
      await desk.say(to, { kind: 'file', text: `[附件] ${name}`, attachment: kept.attachment, from: '李老师' });
    }
    await page.getByText('李老师').first().waitFor();
    const picture = log().getByRole('img', { name: /示意图\.png/ });
    await picture.waitFor();
    expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(480);
    await log().getByRole('link', { name: 'IMG_0001.HEIC', exact: true }).getByText('IMG_0001.HEIC').waitFor();
    const href = await log().getByRole('link', { name: '办理说明.pdf' }).getAttribute('href');
    expect((await fetch(String(href))).headers.get('content-type')).toBe('application/pdf');
    expect(failures).toEqual([]);
  });

  test('what a person writes is shown as written, never run', async () => {
    await visit('/', desktop);
    await page.getByRole('button', { name: '家长' }).waitFor();
    await write('<img src=x onerror="document.title=\'hacked\'"> javascript:alert(1)');
    await page.getByText('您说的是：<img').waitFor();
    expect([await page.title(), await log().locator('img').count(), await log().locator('a').count()]).toEqual([
      'Qiao 桥 · 家校沟通在线客服',
      0,
      0,
    ]);
  });

  test('a picture is shown before it is sent and opens afterwards; a forbidden file is refused in words', async () => {
    await visit('/', desktop);
    await page.getByRole('button', { name: '家长' }).waitFor();
    const picker = page.locator('qiao-chat input[type=file]');
    await picker.setInputFiles({ name: '脚本.html', mimeType: 'text/html', buffer: Buffer.from('<script>') });
    await page.getByText('仅支持 PNG').waitFor();
    await page.getByRole('button', { name: '移除 脚本.html' }).click();
    await picker.setInputFiles({ name: '截图.png', mimeType: 'image/png', buffer: png });
    await page.getByText('可以发送').waitFor();
    await shot('demo-desktop-upload');
    await page.getByRole('button', { name: '发送' }).click();
    await page.getByText('图片收到了。').waitFor();
    await page.waitForFunction(() => {
      const image = document.querySelector('qiao-chat')?.shadowRoot?.querySelector<HTMLImageElement>('.picture img');
      return image?.complete && image.naturalWidth === 1;
    });
    expect(desk.inbox.at(-1)?.content).toMatchObject({ kind: 'image', attachment: { name: '截图.png', type: 'image/png' } });
  });

  test('Enter that ends a Chinese word in the input method does not send', async () => {
    await visit('/', desktop);
    const input = page.getByRole('textbox', { name: '请输入您的问题' });
    await input.fill('tongzhi');
    await input.evaluate((element) =>
      element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true })),
    );
    expect(await input.inputValue()).toBe('tongzhi');
    await page.keyboard.press('Shift+Enter');
    expect(await input.inputValue()).toBe('tongzhi\n');
    await page.getByRole('button', { name: '发送' }).click();
    await page.getByText('您说的是：tongzhi').waitFor();
  });

  test('a text over the limit is not sent and says the limit', async () => {
    await visit('/', desktop);
    await write('长'.repeat(2001));
    expect(await page.getByText('请控制在 2000 字以内').isVisible()).toBe(true);
    expect(desk.inbox.filter((message) => message.content.kind === 'text')).toEqual([]);
  });

  test('an English browser gets an English chat on the same page', async () => {
    await visit('/school', { ...desktop, locale: 'en-GB' });
    await page.getByRole('button', { name: 'Open support chat' }).click();
    await page.getByRole('textbox', { name: 'Type your question' }).waitFor();
    await page.getByRole('button', { name: '家长' }).waitFor();
    expect(desk.inbox[0]?.locale).toBe('en');
  });
});
