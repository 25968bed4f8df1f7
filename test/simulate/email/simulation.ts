/** npm run simulate -- email: the built program between two mail servers on loopback, a crowd of customers, and a way to write oneself. */
import { type Mailbox, openMailbox, PASSWORD, USER } from '../../support/email/mailbox';
import { openPostOffice, type Posted, type PostOffice } from '../../support/email/postOffice';
import { write } from '../../support/email/write';
import { until } from '../../support/until';
import { type Desk, type PutUp, putUp } from '../stage';
import { type Customer, crowd, duringOutage, type Turn } from './crowd';

export const HELP = 'help@school.example';

export type EmailSimulation = PutUp<Readonly<{ url: string; smtpPort: number }>>;

type Line = Readonly<{ mailbox: Mailbox; office: PostOffice; desk: Desk; say: (line: string) => void }>;

/** Plays the crowd to its end, telling each step by `say`, and stays. */
export function startEmailSimulation(say: (line: string) => void): Promise<EmailSimulation> {
  return putUp(async ({ serve, ends }) => {
    const mailbox = await openMailbox();
    ends(mailbox.close);
    const office = await openPostOffice();
    ends(office.close);
    const host = { host: '127.0.0.1', secure: false };
    const account = {
      account: 'help',
      address: HELP,
      imap: { ...host, port: mailbox.port, user: USER, password: PASSWORD },
      smtp: { ...host, port: office.port },
    };
    const desk = await serve({ EMAIL_ACCOUNTS: JSON.stringify([account]) });
    const line = { mailbox, office, desk, say };
    await until(() => mailbox.asked('IDLE') > 0, 'the mailbox is read');
    for (const customer of crowd) await play(line, customer);
    await playOutage(line);
    await tellBooks(line);
    // From here on a person plays: what is sent to the desk goes into its mailbox, what it answers is shown.
    office.onPosted(({ to, raw, mail }) => {
      if (to === HELP) mailbox.deliver(raw);
      else say(`\n📨 → ${to}\n${indented(`${mail.subject}\n${mail.text ?? ''}`)}`);
    });
    return { url: desk.url, smtpPort: office.port };
  });
}

async function play(line: Line, { name, address, turns }: Customer): Promise<void> {
  const { mailbox, office, say } = line;
  let last: Posted | undefined;
  for (const [n, turn] of turns.entries()) {
    const had = office.for(address).length;
    const raw = await written(turn, address, name, `${n}.${address}`, last);
    say(`\n✉️  ${name}（${turn.title}）`);
    say(indented(`${turn.mail.subject ?? last?.mail.subject ?? ''}\n${turn.mail.text ?? ''}`));
    const uids = Array.from({ length: 1 + (turn.again ?? 0) }, () => mailbox.deliver(raw));
    await until(() => uids.every((uid) => mailbox.isSeen(uid)), `${name} was read`);
    if (turn.silent) {
      say('   ↳ 已读，不回复');
      continue;
    }
    await until(() => office.for(address).length > had, `${name} was answered`);
    last = office.for(address).at(-1);
    say(`   ↳ ${last?.mail.subject}`);
    say(indented(last?.mail.text ?? '', '     │ '));
  }
}

function written({ mail, quotes }: Turn, address: string, name: string, id: string, last: Posted | undefined): Promise<Buffer> {
  const quoted = last && quotes ? QUOTES[quotes](last) : '';
  const thread = last && {
    subject: `Re: ${last.mail.subject ?? ''}`,
    inReplyTo: last.mail.messageId ?? '',
    references: last.mail.messageId ?? '',
  };
  return write({ from: { name, address }, to: HELP, messageId: `<${id}>`, ...thread, ...mail, text: `${mail.text ?? ''}${quoted}` });
}

const QUOTES = {
  qq: ({ mail }: Posted) =>
    `\n\n------------------ 原始邮件 ------------------\n发件人: "家校互动服务台" <${HELP}>;\n发送时间: 2026年11月22日(星期天) 上午10:00\n主题: ${mail.subject}\n\n${mail.text}`,
  163: ({ mail }: Posted) => `\n\n在 2026-11-22 10:00:00，"家校互动服务台" <${HELP}> 写道：\n${(mail.text ?? '').replace(/^/gm, '> ')}`,
  iphone: ({ mail }: Posted) =>
    `\n\n> 2026年11月22日 上午10:00，家校互动服务台 <${HELP}> 写道：\n${(mail.text ?? '').replace(/^/gm, '> ')}`,
} as const;

async function playOutage(line: Line): Promise<void> {
  const { mailbox, office, say } = line;
  say('\n⚡ 收信服务器停机，陈爸爸的信在停机时到达');
  await mailbox.kill();
  const [turn] = duringOutage.turns;
  if (turn) mailbox.deliver(await written(turn, duringOutage.address, duringOutage.name, `0.${duringOutage.address}`, undefined));
  await mailbox.restart();
  await until(() => office.for(duringOutage.address).length > 0, 'the mail of the outage was answered');
  say('   ↳ 恢复后已回复');
  say(indented(office.for(duringOutage.address)[0]?.mail.text ?? '', '     │ '));
}

async function tellBooks({ desk, office, say }: Line): Promise<void> {
  const { tickets } = await desk.ask<{ tickets: { number: string; nature: string; status: string }[] }>('/api/tickets');
  const ready = await desk.ask<{ messages: object; desk: { ways: { email: object } } }>('/readyz');
  say(`\n📋 工单 ${tickets.map(({ number, nature, status }) => `${number}（${nature}，${status}）`).join('、')}`);
  say(`📊 寄出 ${office.posted.length} 封 · 消息 ${JSON.stringify(ready.messages)} · 邮箱 ${JSON.stringify(ready.desk.ways.email)}`);
}

const indented = (text: string, mark = '   ┃ '): string =>
  text
    .trim()
    .split('\n')
    .map((line) => `${mark}${line}`)
    .join('\n');
