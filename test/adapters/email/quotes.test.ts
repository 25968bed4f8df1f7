/** What parents write above, below and between quoted mails, as the mail programs they use lay it out. */
import { textOfHtml } from '../../../adapters/email/html';
import { ownWords } from '../../../adapters/email/quotes';

const ours = ['您好，请问孩子在哪所学校？', '学校：', '班级：', '家校互动服务台'];
const isOurs = (line: string): boolean => ours.includes(line.trim());
const words = (...lines: string[]): string => ownWords(lines.join('\n'), isOurs);
const quoted = ours.map((line) => `> ${line}`);

describe('what is quoted below a customer’s words is left out', () => {
  const quotations: readonly (readonly [client: string, ...lines: string[]])[] = [
    [
      'QQ 邮箱',
      '',
      '',
      '------------------ 原始邮件 ------------------',
      '发件人: "家校互动服务台" <help@school.example>;',
      '发送时间: 2026年11月22日(星期天) 上午10:00',
      '收件人: "王"<wang@qq.example>;',
      '主题: Re: 收不到短信',
      '',
      ...ours,
    ],
    [
      'QQ 邮箱手机版',
      '---原始邮件---',
      '发件人: "服务台"<help@school.example>',
      '发送时间: 2026年11月22日(周日) 中午12:01',
      '收件人: "王"<wang@qq.example>;',
      '主题: Re: 短信',
      ...ours,
    ],
    ['网易 163 网页', '', '在 2026-11-22 10:00:00，"家校互动服务台" <help@school.example> 写道：', ...ours],
    ['网易旧版', 'At 2026-11-22 10:00:00, "help" <help@school.example> wrote:', ...quoted],
    [
      '网易邮箱大师',
      '---- 回复的原邮件 ----',
      '| 发件人 | 家校互动服务台<help@school.example> |',
      '| :--- | :--- |',
      '| 日期 | 2026年11月22日 10:00 |',
      '| 收件人 | wang@163.example |',
      '| 主题 | Re: 短信 |',
      ...ours,
    ],
    ['iPhone', '', '> 2026年11月22日 上午10:00，家校互动服务台 <help@school.example> 写道：', '>', ...quoted],
    ['iPhone，旧系统', '在 2026年11月22日，10:00，家校互动服务台 <help@school.example> 写道：', '', ...quoted],
    ['Gmail 中文', '家校互动服务台 <help@school.example> 于2026年11月22日周日 10:00写道：', ...quoted],
    ['Gmail 中文，折行', '家校互动服务台 <help@school.example>', '于2026年11月22日周日 10:00写道：', '', ...quoted],
    [
      'Outlook 中文',
      '________________________________',
      '发件人: 家校互动服务台 <help@school.example>',
      '发送时间: 2026年11月22日 10:00',
      '收件人: wang@outlook.example',
      '主题: Re: 短信',
      '',
      ...ours,
    ],
    ['Foxmail', '', '', '发件人： 家校互动服务台', '发送时间： 2026-11-22 10:00', '收件人： wang', '主题： Re: 短信', ...ours],
    [
      'Outlook 英文',
      '-----Original Message-----',
      'From: help@school.example <help@school.example>',
      'Sent: Sunday, November 22, 2026 10:00 AM',
      'To: wang@school.example',
      'Subject: Re: sms',
      ...ours,
    ],
    [
      'Outlook 英文，无分隔线',
      'From: Help <help@school.example>',
      'Sent: Sunday, November 22, 2026 10:00 AM',
      'To: wang@school.example',
      'Subject: Re: sms',
      ...ours,
    ],
    ['Gmail 英文', 'On Sun, Nov 22, 2026 at 10:00 AM Help <help@school.example> wrote:', ...quoted],
    ['Gmail 英文，折行', 'On Sun, Nov 22, 2026 at 10:00 AM A Rather Long Name Of A Desk', '<help@school.example> wrote:', '', ...quoted],
    ['Thunderbird', 'On 22/11/2026 10:00, help@school.example wrote:', ...quoted],
    ['雅虎', '寄件者： 家校互动服务台 <help@school.example>', '收件者： wang@yahoo.example', '主旨： Re: 簡訊', ...ours],
    ['没有抬头，只有 >', ...quoted],
  ];

  test.each(quotations)('%s', (_, ...below) => {
    expect(words('孩子在实验小学，', '三年级2班。', '', ...below)).toBe('孩子在实验小学，\n三年级2班。');
  });
});

describe('what mail programs and people put under a mail is left out', () => {
  test.each([
    '发自我的iPhone',
    '发自我的 iPad',
    '来自我的华为手机',
    '发自我的小米手机',
    '从 Windows 版邮件发送',
    '从我的华为手机发送',
    '发自网易邮箱大师',
    '发送自 Outlook',
    'Sent from my iPhone',
    'Get Outlook for iOS<https://aka.ms/o0ukef>',
    '获取 Outlook for Android',
  ])('%s', (added) => {
    expect(words('怎么退订？', '', added)).toBe('怎么退订？');
  });

  test('a signature behind its delimiter', () => {
    expect(words('怎么退订？', '-- ', '王小明', '某某有限公司 经理', '电话 010-12345678')).toBe('怎么退订？');
  });

  test('a signature above a quotation', () => {
    expect(
      words('怎么退订？', '发自我的iPhone', '', '------------------ 原始邮件 ------------------', '发件人: help', '主题: 短信', ...ours),
    ).toBe('怎么退订？');
  });

  test('but not a sentence that only begins like one', () => {
    expect(words('短信', '来自我的孩子班主任，内容是作业')).toBe('短信\n来自我的孩子班主任，内容是作业');
  });
});

describe('nothing a customer wrote is lost', () => {
  const header = '在 2026-11-22 10:00，家校互动服务台 <help@school.example> 写道：';

  test('answers written between the quoted lines', () => {
    expect(words(header, '> 您好，请问孩子在哪所学校？', '实验小学', '> 班级：', '三年级2班')).toBe('实验小学\n三年级2班');
  });

  test('answers written above and between', () => {
    expect(words('见下面', header, '> 学校：', '实验小学')).toBe('见下面\n实验小学');
  });

  test('the rest of a folded quoted line is no answer', () => {
    const folded = ['> 都没问题还是收不到，请告诉我老师大概几点发的，我帮您登记，由技术同事', '查发送记录。', '> 学校：'];
    expect(words(header, ...folded, '实验小学')).toBe('实验小学');
    const wrote = (line: string): boolean =>
      isOurs(line) || line === '都没问题还是收不到，请告诉我老师大概几点发的，我帮您登记，由技术同事查发送记录。';
    expect(ownWords([header, ...folded, '> 班级：三年级2班'].join('\n'), wrote)).toBe('班级：三年级2班');
  });

  test('answers filled into the quoted form, marked as quoted by the program', () => {
    expect(words(header, '> 您好，请问孩子在哪所学校？', '> 学校：实验小学', '> 班级：三年级2班', '> 家校互动服务台')).toBe(
      '学校：实验小学\n班级：三年级2班',
    );
  });

  test('answers filled into the quoted form where nothing is marked', () => {
    const block = ['------------------ 原始邮件 ------------------', '发件人: "服务台"<help@school.example>', '主题: Re: 短信', ''];
    expect(words(...block, '您好，请问孩子在哪所学校？', '学校：实验小学', '班级：三年级2班', '家校互动服务台')).toBe(
      '学校：实验小学\n班级：三年级2班',
    );
  });

  test('a mail that only passes another on says what that one says', () => {
    expect(
      words(
        '---------- Forwarded message ---------',
        'From: 班主任 <t@school.example>',
        'Date: 2026-11-22',
        'Subject: 通知',
        '',
        '明天家长会',
      ),
    ).toBe('明天家长会');
  });

  test('people write 写道 and 发件人 themselves', () => {
    expect(words('老师在群里写道：', '明天放假，是真的吗？')).toBe('老师在群里写道：\n明天放假，是真的吗？');
    expect(words('发件人：是谁我不知道', '短信内容看不懂')).toBe('发件人：是谁我不知道\n短信内容看不懂');
  });

  test('an empty mail says nothing', () => {
    expect(words('', '  ')).toBe('');
  });
});

describe('HTML is read as a person sees it', () => {
  test('nothing that runs, hides or counts is in the text', () => {
    const html = `<html><head><title>x</title><style>p{color:red}</style></head><body><script>alert(1)</script>
      <div style="display:none">预览文字</div><p>收不到<b>短信</b>&nbsp;了</p><img src="https://track.example/p.gif" width=1 height=1 alt="pixel">
      <a href="https://phish.example/">点这里</a></body></html>`;
    const text = textOfHtml(html);
    expect(text).toContain('收不到短信 了');
    expect(text).toContain('点这里');
    expect(text).not.toMatch(/alert|color|预览|track|pixel|phish/);
  });

  test('a table of data keeps its rows', () => {
    const html = '<table><tr><th>学校</th><td>实验小学</td></tr><tr><th>班级</th><td>三年级2班</td></tr></table>';
    expect(
      textOfHtml(html)
        .split('\n')
        .map((line) => line.replace(/ +/g, ' ').trim()),
    ).toEqual(['学校 实验小学', '班级 三年级2班']);
  });

  test('a table that lays out the page is read cell after cell', () => {
    const html = '<table><tr><td>左<table><tr><td>里面</td></tr></table></td><td>右</td></tr></table>';
    expect(textOfHtml(html)).toMatch(/^左\s*\n\s*里面\s*\n\s*右$/);
  });

  test('a quotation of Gmail, of QQ 邮箱 and of Outlook is found in it', () => {
    const gmail =
      '<div dir="ltr">实验小学</div><div class="gmail_quote"><div>服务台 &lt;help@school.example&gt; 于2026年11月22日周日 10:00写道：<br></div><blockquote><div>请问学校？</div></blockquote></div>';
    const qq =
      '<div>实验小学</div><div><br></div><div style="font-size:12px">------------------&nbsp;原始邮件&nbsp;------------------</div><div><b>发件人:</b>&nbsp;"服务台"&lt;help@school.example&gt;;</div><div><b>主题:</b>&nbsp;Re: 短信</div><div>请问学校？</div>';
    const outlook =
      '<p>实验小学</p><div style="border-top:solid #E1E1E1 1.0pt"><p><b>发件人:</b> 服务台 &lt;help@school.example&gt;<br><b>发送时间:</b> 2026年11月22日 10:00<br><b>收件人:</b> wang<br><b>主题:</b> Re</p></div><p>请问学校？</p>';
    expect([gmail, qq, outlook].map((html) => ownWords(textOfHtml(html)))).toEqual(['实验小学', '实验小学', '实验小学']);
  });

  test('what was made to keep a parser busy ends soon', () => {
    const began = process.hrtime.bigint();
    textOfHtml('<div>'.repeat(100_000));
    ownWords(`${' '.repeat(300_000)}x\n`.repeat(3));
    expect(Number(process.hrtime.bigint() - began) / 1e6).toBeLessThan(1_000);
  });
});
