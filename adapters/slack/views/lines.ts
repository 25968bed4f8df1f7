/** Lines of a ticket's thread, and the page that calls supervisors to it. Pure. */

import type { Attachment } from '../../../dialogs/vocabulary';
import type { DeskLine, Notice, TicketCard } from '../../desk';
import { splitText } from '../../limits';
import { maskText } from '../../mask';
import type { Shown } from '../api';
import { ACTIONS } from '../ids';
import { type Mark, signs } from '../marks';
import { plain, quoted } from '../text';
import { type Block, marked, said } from './said';

type Of<K extends DeskLine['kind']> = Extract<DeskLine, { kind: K }>;

const SECTION_LENGTH = 3_000;
/** Slack cuts a text at 40,000, all its signs written out, and does not say so. */
const TEXT_LENGTH = 30_000;
const states: Readonly<Record<Mark, string>> = { waiting: '等待送达', delivered: '已送达', failed: '未送达', internal: '仅内部可见' };

const sections = (text: string): readonly Block[] =>
  splitText(text, SECTION_LENGTH).map((part): Block => ({ type: 'section', text: marked(part) }));

const button = (action: string, text: string, value: string, style?: 'primary' | 'danger') => ({
  type: 'button' as const,
  action_id: action,
  text: { type: 'plain_text' as const, text },
  value,
  ...(style && { style }),
});

/** The name leads to the file where it has an address of its own. */
const fileLink = ({ name, url }: Attachment): string =>
  /^https?:\/\//.test(url) && URL.canParse(url)
    ? `<${plain(new URL(url).href).replaceAll('|', '%7C')}|${plain(name).replaceAll('|', '｜')}>`
    : plain(name);

export function customerLine({ customerName }: TicketCard, { text, attachment }: Of<'customer'>): Shown {
  const file = attachment ? `📎 ${fileLink(attachment)}` : '';
  return { text: `💬 *${plain(customerName ?? '客户')}*：${[quoted(said(text, TEXT_LENGTH)), file].filter(Boolean).join(' ')}` };
}

/** A colleague's words to the customer, written elsewhere than in this thread. */
export function replyLine({ name, text, attachments = [] }: Of<'reply'>, mark: Mark): Shown {
  const files = attachments.map((one) => `📎 ${plain(one.name)}`);
  return {
    text: `↩️ *${plain(name)} → 客户*：${[plain(maskText(text)), ...files].filter(Boolean).join(' ')}\n${signs[mark]} ${states[mark]}`,
  };
}

export const noteLine = ({ name, text }: Of<'note'>): Shown => ({ text: `${signs.internal} *${plain(name)}*（内部备注）：${plain(text)}` });

/** Whether it reached the customer is marked on it. */
export const resultLine = ({ text }: Of<'result'>): Shown => ({ text: `_${plain(text)}_` });

/** What may be said no more, on a ticket that is resolved, is not offered to be sent again. */
export function failureLine({ number, acts }: Pick<TicketCard, 'number' | 'acts'>, { act, reason }: Of<'undelivered'>): Shown {
  const failed = `没有送达客户：${plain(reason)}`;
  if (!acts.includes('reply')) return { text: `${signs.failed} 处理结果或回复${failed}。请重新打开工单后再回复，或另行联系客户。` };
  const text = `${signs.failed} 这条回复${failed}`;
  const resend: Block = { type: 'actions', elements: [button(ACTIONS.resend, '重发', `${number} ${act}`, 'primary')] };
  return { text, blocks: [...sections(text), resend] };
}

/** Who merged may be mistaken: taking it back is one click away, under the line that says so. */
export function mergedLine({ number }: Pick<TicketCard, 'number'>, { text, merge }: Of<'merged'>): Shown {
  const words = `🔗 ${plain(text)}`;
  const undo: Block = { type: 'actions', elements: [button(ACTIONS.unmerge, '撤销合并', `${number} ${merge}`)] };
  return { text: words, blocks: [...sections(words), undo] };
}

export function alarmPage({ number, title, department }: TicketCard, alarm: string, to: Readonly<{ link: string; call: string }>): Shown {
  const text = `${to.call} 🚨 *${plain(alarm)}*\n<${to.link}|工单 ${number}> ${plain(title)} · ${plain(department)}`;
  return { text, blocks: [...sections(text), { type: 'actions', elements: [button(ACTIONS.acknowledge, '确认收到', number, 'primary')] }] };
}

export const noticeText = ({ title, text, page }: Notice, call: string): Shown => ({
  text: `${page ? `${call} ` : ''}*${plain(title)}*\n${plain(text)}`,
});
