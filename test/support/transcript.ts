/** Plays a transcript file against the engine and writes down what was said and done, in the same form. */
import type { Attachment, Content, Effect, Option, Reply, SlotName, Turn } from '../../dialogs/vocabulary';
import { createWorld, happen, type Mind, monday, pass, receive, type World, type WorldOptions } from './world';

const units: Readonly<Record<string, number>> = { 分钟: 60_000, 小时: 3_600_000, 天: 86_400_000 };
const agent = { agent: 'lin', agentName: '客服小林' };

function lastTicket(world: World): string {
  return world.tickets[0]?.number ?? 'none';
}

function optionNamed(world: World, label: string): Option {
  const option = world.state.memory.offered.find((one) => one.label === label);
  if (!option) throw new Error(`no button 「${label}」 among ${JSON.stringify(world.state.memory.offered)}`);
  return option;
}

const media: Readonly<Record<string, 'image' | 'file' | 'voice'>> = { 发图: 'image', 发文件: 'file', 发语音: 'voice' };

const fileNamed = (name: string): Attachment => ({ name, url: `https://files.example/${name}`, type: 'image/jpeg', size: 1000 });

function contentOf(world: World, how: string, words: string): Content {
  if (how === '说') return { kind: 'text', text: words };
  if (how === '按') return { kind: 'choice', ...optionNamed(world, words) };
  if (how === '打开') return { kind: 'hello' };
  if (how === '填卡') {
    return { kind: 'fields', values: Object.fromEntries(words.split(' ').map((pair) => pair.split('=') as [SlotName, string])) }; // written so in the file
  }
  const kind = media[how];
  if (!kind) throw new Error(`a transcript cannot say 客户${how}`);
  const attachment = fileNamed(words);
  return kind === 'voice' ? { kind, attachment, transcript: words } : { kind, attachment };
}

/** One line of script: what the customer, an agent, time or a fault does. */
function perform(world: World, who: string, words: string): readonly Turn[] {
  const ticket = lastTicket(world);
  if (who.startsWith('客户')) return [receive(world, contentOf(world, who.slice(2) || '说', words))];
  switch (who) {
    case '过了': {
      const [, amount = '0', unit = ''] = /^(\d+)\s*(\S+)$/.exec(words) ?? [];
      return pass(world, Number(amount) * (units[unit] ?? 0));
    }
    case '客服接入':
      return [happen(world, { kind: 'agentClaimed', ticket, ...agent })];
    case '客服说':
      return [happen(world, { kind: 'agentReplied', act: 'act', ticket, ...agent, text: words, attachments: [] })];
    case '客服发文件':
      return [happen(world, { kind: 'agentReplied', act: 'act', ticket, ...agent, text: '', attachments: [fileNamed(words)] })];
    case '客服交还':
      return [happen(world, { kind: 'agentReturned', ticket, ...agent })];
    case '客服转给':
      return [happen(world, { kind: 'agentAssigned', ticket, ...agent, to: { agent: words, agentName: words } })];
    case '客服转到':
      return [happen(world, { kind: 'agentAssigned', ticket, ...agent, to: { department: words } })];
    case '同事接手':
      return [happen(world, { kind: 'agentClaimed', ticket, agent: words, agentName: words })];
    case '工单解决':
      return [happen(world, { kind: 'ticketResolved', ticket, result: words, auto: false })];
    case '工单办结':
      return [happen(world, { kind: 'ticketResolved', ticket, result: words, auto: true })];
    case '系统故障':
      return [happen(world, { kind: 'broke', reason: words, numbers: ['20261123-9001', '20261123-9002'], desk: { open: true, ahead: 0 } })];
    default:
      throw new Error(`unknown speaker ${who}`);
  }
}

const indent = (text: string): string => text.replaceAll('\n', '\n   ');

function replyLines(reply: Reply): string {
  const from = ('from' in reply && reply.from) || '桥';
  const options = (reply.options ?? []).map(({ label }) => `[${label}]`).join(' ');
  return `${from}:${indent(reply.text)}${options ? `\n   ${options}` : ''}`;
}

function slotWords(slots: object): string {
  return Object.entries(slots)
    .map(([name, slot]) => `${name}=${indent((slot as { value: string }).value)}`)
    .join(' '); // slots of an effect
}

function effectLine(effect: Effect): string | undefined {
  switch (effect.kind) {
    case 'reply':
      return replyLines(effect.reply);
    case 'openTicket': {
      const { number, form, nature, priority, department, slots, flags, handoff } = effect;
      const marks = [...flags, ...(handoff ? ['handoff'] : [])].join(',');
      return `※ 开单 ${number} ${form} ${nature} ${priority} ${department} {${slotWords(slots)}} [${marks}]`;
    }
    case 'amendTicket': {
      const { number, slots, flags, note, handoff } = effect;
      return `※ 补单 ${number} {${slotWords(slots)}} [${[...flags, ...(handoff ? ['handoff'] : [])].join(',')}] ${indent(note ?? '')}`.trim();
    }
    case 'raiseFlag':
      return `※ 上报 ${effect.flag}:${effect.reason}`;
    case 'tellDesk':
      return `※ 转告 ${effect.ticket}:${effect.text}`;
    case 'recordGap':
      return `※ 缺口 ${effect.reason}:${effect.question}`;
    case 'recordSurvey':
      return `※ 评价 ${effect.ticket} ${effect.rating} 分 ${effect.comment ?? ''}`.trim();
    case 'recordAnswer':
      return effect.helpful === null ? undefined : `※ 答案 ${effect.article} ${effect.helpful ? '有帮助' : '没帮助'}`;
    case 'warnAgent':
      return `※ 催客服 ${effect.ticket} ${effect.agentName}:客户已等 ${effect.waited} 分钟,还有 ${effect.left} 分钟`;
    case 'releaseTicket':
      return `※ 退回队列 ${effect.ticket}:${effect.agentName} ${effect.minutes} 分钟没有回复`;
    case 'closeTicket':
      return `※ 关单 ${effect.ticket}`;
    case 'sendCode':
      return `※ 发验证码 ${effect.phone}`;
    case 'noteMerge':
      return '※ 合并客户';
    case 'rememberCustomer':
    case 'confirmSent':
    case 'wakeAt':
    case 'cancelWake':
      return undefined;
  }
}

function turnLines({ state, effects }: Turn): readonly string[] {
  const where = state.phase === 'form' ? `form ${state.asking}` : state.phase;
  return [...effects.map(effectLine).filter((line) => line !== undefined), `   〔${where}〕`];
}

/** What the first lines say of the world: `场景:下班` and the like. */
function scene(words: readonly string[]): WorldOptions {
  const slot = (value: string) => ({ raw: value, value });
  return {
    ...(words.includes('英文') && { locale: 'en' as const }),
    ...(words.includes('下班') && { deskOpen: false, opensAt: monday + 22.5 * 3_600_000 }),
    ...(words.includes('前面3位') && { ahead: 3 }),
    ...(words.includes('老师') && { role: 'teacher' as const }),
    ...(words.includes('别处登记过') && { elsewhere: true }),
    ...(words.includes('已知故障') && { incident: '今天上午短信网关故障,短信会晚到,正在抢修。' }),
    ...(words.includes('老客户') && {
      role: 'parent' as const,
      known: {
        school: { ...slot('南宁市实验小学'), verified: true },
        class: slot('三年级2班'),
        name: slot('王小明'),
        phone: slot('13800138000'),
      },
    }),
  };
}

const scripted =
  /^(客户(?:按|打开|填卡|发图|发文件|发语音)?|过了|客服接入|客服说|客服发文件|客服交还|客服转给|客服转到|同事接手|工单解决|工单办结|系统故障):(.*)$/;

/** The transcript with the engine's part written anew; equal to the file when nothing has changed. */
export function play(file: string, mind?: Mind): string {
  const lines = file.split('\n');
  const head = lines.filter((line) => line.startsWith('# ') || line.startsWith('场景:'));
  const words = head.find((line) => line.startsWith('场景:'))?.slice(3);
  const world = createWorld({ ...scene(words?.split('、') ?? []), ...(mind && { mind }) });
  const played = lines.flatMap((line) => {
    const [, who, words = ''] = scripted.exec(line) ?? [];
    return who ? ['', line, ...perform(world, who, words.trim()).flatMap(turnLines)] : [];
  });
  return `${[...head, ...played].join('\n')}\n`;
}
