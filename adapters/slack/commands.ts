/** Answers to /qiao, seen only by whoever asked: looking is open to everybody in the channel, acting to agents. */
import type { Agent, Delivered, Office, TicketCard } from '../desk';
import type { Deed } from './acting';
import { type Command, usages } from './commandWords';
import { cardBlocks } from './views/card';
import { type Block, said, saidInLine, section } from './views/said';
import { ticketList } from './views/tickets';

export type Answer = Readonly<{ text: string; blocks: readonly Block[] }>;
export type Asker = Readonly<{
  /** Null for whoever is not registered: `stranger` says whom to ask. */
  agent: Agent | null;
  stranger: () => Promise<string>;
  /** The same for every delivery of this command. */
  id: string;
  /** Resolves to null when it takes longer than Slack waits; it is stored all the same. Rejects when it could not be stored. */
  act: (agent: Agent, deed: Deed) => Promise<Delivered | null>;
}>;

const ECHO = 40;

export async function answerTo(command: Command, asker: Asker, office: Office): Promise<Answer> {
  const list = async (heading: string, cards: readonly TicketCard[], empty: string): Promise<Answer> => ({
    text: heading,
    blocks: ticketList(heading, cards, empty),
  });
  switch (command.kind) {
    case 'help':
      return sentence(HELP);
    case 'unknown':
      return sentence(`没有「${saidInLine(command.word, ECHO)}」这个命令。\n${HELP}`);
    case 'unfinished':
      return sentence(`还差一点，请这样写：\`${command.usage}\``);
    case 'mine': {
      if (!asker.agent) return sentence(said(await asker.stranger(), 1_000));
      const mine = await office.tickets({ kind: 'mine', agent: asker.agent.id });
      return list('我的工单', mine, '您手上没有未完成的工单。用 `/qiao queue` 看看谁在排队。');
    }
    case 'queue': {
      const { department } = command;
      const known = await office.departments();
      if (department !== undefined && !known.includes(department)) {
        return sentence(
          `没有「${saidInLine(department, ECHO)}」这个部门。现有部门：${known.map((one) => saidInLine(one, ECHO)).join('、')}。`,
        );
      }
      const queue = await office.tickets({ kind: 'queue', ...(department !== undefined && { department }) });
      const where = department === undefined ? '' : `${saidInLine(department, ECHO)}：`;
      return list(`${where}等待认领`, queue, `${where}现在没有人在排队。`);
    }
    case 'find': {
      const cards = await office.tickets({ kind: 'find', text: command.text });
      const what = saidInLine(command.text, ECHO);
      return list(`查找「${what}」`, cards, `没有找到与「${what}」相符的工单。手机号请写全，学校和姓名写开头几个字就行。`);
    }
    case 'show': {
      const card = await ticketNamed(command.number, office);
      return card ? { text: `工单 ${card.number}`, blocks: cardBlocks(card) } : notFound(command.number);
    }
    case 'claim':
    case 'note': {
      if (!asker.agent) return sentence(said(await asker.stranger(), 1_000));
      const card = await ticketNamed(command.number, office);
      if (!card) return notFound(command.number);
      const common = { id: asker.id, ticket: card.number };
      const deed: Deed = command.kind === 'claim' ? { ...common, kind: 'claim' } : { ...common, kind: 'note', text: command.text };
      return told(card, command.kind, await asker.act(asker.agent, deed));
    }
  }
}

function told({ number }: TicketCard, kind: 'claim' | 'note', outcome: Delivered | null): Answer {
  if (outcome?.kind === 'refused') return sentence(`⛔ ${said(outcome.message, 1_000)}`);
  if (!outcome) return sentence(`已收到，正在处理工单 ${number}；结果会出现在工单里。`);
  return sentence(kind === 'claim' ? `您已认领工单 ${number}，请在工单的消息列里回复客户。` : `备注已记在工单 ${number} 上，客户看不到。`);
}

/** By its whole number, or by the last digits of one of today's when only one fits. */
export async function ticketNamed(number: string, office: Pick<Office, 'ticket' | 'tickets'>): Promise<TicketCard | null> {
  const whole = await office.ticket(number);
  if (whole || !/^\d{1,6}$/.test(number)) return whole;
  const found = await office.tickets({ kind: 'find', text: number });
  const [first, ...others] = found.filter((card) => Number(card.number.split('-')[1]) === Number(number));
  return first && others.length === 0 ? first : null;
}

const sentence = (text: string): Answer => ({ text, blocks: [section(text)] });

const notFound = (number: string): Answer =>
  sentence(`没有找到工单「${saidInLine(number, ECHO)}」。请写完整编号，或今天工单的末几位；也可以用 \`${usages.find}\` 查找。`);

const HELP = [
  '*/qiao 能做的事*（只有您自己看得到回答）',
  `\`${usages.mine}\`　我手上的工单，按期限先后`,
  `\`${usages.queue}\`　等待认领的工单`,
  `\`${usages.show}\`　看一张工单；今天的工单写末几位就行`,
  `\`${usages.find}\`　查找工单`,
  `\`${usages.claim}\`　认领工单`,
  `\`${usages.note}\`　记一条内部备注，客户看不到`,
  `\`${usages.help}\`　这份说明`,
  '也可以用中文：我的、排队、查看、查找、认领、备注、帮助。',
].join('\n');
