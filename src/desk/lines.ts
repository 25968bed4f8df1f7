/** One event of a ticket as a line for agents, in Chinese. Pure. */
import { z } from 'zod';
import type { DeskLine } from '../../adapters/desk';
import { maskPhone, maskText } from '../../adapters/mask';
import { flagWords } from '../../adapters/words';
import { zh } from '../../dialogs/copy/zh';
import type { Attachment, Flag, SlotName } from '../../dialogs/vocabulary';
import type { TicketEvent } from '../store/documents';

/** What events of any kind carry. Old events may lack anything. */
const Data = z
  .object({
    act: z.string(),
    name: z.string(),
    text: z.string(),
    reason: z.string(),
    note: z.string(),
    result: z.string(),
    cause: z.string(),
    comment: z.string(),
    flag: z.string(),
    merge: z.string(),
    rating: z.number(),
    page: z.boolean(),
    takeOver: z.boolean(),
    values: z.record(z.string(), z.string()),
    slots: z.record(z.string(), z.object({ value: z.string() })),
    flags: z.array(z.string()),
    to: z.object({ agentName: z.string().optional(), department: z.string().optional() }),
    attachment: z.custom<Attachment>(),
    attachments: z.custom<readonly Attachment[]>(),
  })
  .partial();
type Data = z.infer<typeof Data>;

const flag = (name: string): string => flagWords[name as Flag] ?? name; // an unknown flag is shown as it is
const field = (name: string, value: string): string =>
  `${zh.slots[name as SlotName] ?? name}：${name === 'phone' || name === 'newPhone' ? maskPhone(value) : value}`;

const masked: ReadonlySet<DeskLine['kind']> = new Set(['customer', 'change', 'alarm', 'result', 'merged', 'unmerged']);

/**
 * Null for what is shown otherwise: the card itself says that a ticket was opened. Numbers are covered but in what agents wrote: a
 * reply may have to be sent once more, and a note is for colleagues.
 */
export function lineOf(event: TicketEvent): DeskLine | null {
  const line = plainLineOf(event);
  return line && masked.has(line.kind) && 'text' in line ? { ...line, text: maskText(line.text) } : line;
}

function plainLineOf({ id, kind, at, by, data }: TicketEvent): DeskLine | null {
  const told = Data.parse(data);
  const common = { id, at: at.getTime() };
  const name = told.name ?? by;
  const change = (text: string): DeskLine => ({ ...common, kind: 'change', text });
  switch (kind) {
    case 'opened':
      return null;
    case 'message':
      return { ...common, kind: 'customer', text: told.text ?? '', ...(told.attachment && { attachment: told.attachment }) };
    case 'replied':
      return {
        ...common,
        kind: 'reply',
        act: told.act ?? id,
        agent: by,
        name,
        text: told.text ?? '',
        ...(told.attachments && { attachments: told.attachments }),
      };
    case 'delivered':
      return { ...common, kind: 'delivered', act: told.act ?? '' };
    case 'undelivered':
      return { ...common, kind: 'undelivered', act: told.act ?? '', reason: told.reason ?? '' };
    case 'note':
      return { ...common, kind: 'note', act: told.act ?? id, name, text: told.text ?? '' };
    case 'amended':
      return change(amendedWords(by === 'bot' ? '机器人' : name, told));
    case 'flagged':
      return { ...common, kind: 'alarm', text: `标记「${flag(told.flag ?? '')}」${because(told)}`, page: false };
    case 'escalated':
      return { ...common, kind: 'alarm', text: `${name}升级给主管${because(told)}`, page: true };
    case 'alarmed':
      return { ...common, kind: 'alarm', text: told.text ?? '', page: told.page === true };
    case 'dead-lettered': {
      const callBack = told.flags?.includes('call-back') === true;
      const text = callBack ? (told.note ?? flag('call-back')) : `系统未能自动处理，请人工跟进${because({ reason: told.note })}`;
      return { ...common, kind: 'alarm', text, page: false };
    }
    case 'acknowledged':
      return change(`${name}已确认收到`);
    case 'claimed':
      return change(told.takeOver ? `${name}接手了工单` : `${name}认领了工单`);
    case 'assigned':
      return change(`${name}转派给${told.to?.agentName ?? told.to?.department ?? ''}`);
    case 'released':
      return change(`工单退回队列${because(told)}`);
    case 'returned':
      return change(`${name}把对话退回机器人`);
    case 'resolved':
      return {
        ...common,
        kind: 'result',
        act: told.act ?? id,
        text: `${name}已解决：${told.result ?? ''}${told.cause ? `（原因：${told.cause}）` : ''}`,
      };
    case 'reopened':
      return change(`工单重新打开${because(told)}`);
    case 'closed':
      return change('工单已关闭');
    case 'surveyed':
      return change(`客户评价 ${told.rating ?? '?'} 分${told.comment ? `：${told.comment}` : ''}`);
    case 'merged':
      return { ...common, kind: 'merged', merge: told.merge ?? id, agent: by === 'bot' ? null : by, text: told.text ?? '' };
    case 'unmerged':
      return { ...common, kind: 'unmerged', merge: told.merge ?? id, text: told.text ?? '' };
    case 'viewed':
      return change(`${name}查看了完整号码`);
  }
}

const because = ({ reason }: Pick<Data, 'reason'>): string => (reason ? `：${reason}` : '');

/** Flags that a supervisor must hear of at once (S4-22, S4-36); the watch pages for them, once for all that come together. */
export const GRAVE: ReadonlySet<string> = new Set(['supervisor', 'urgent', 'quarantine', 'self-harm'] satisfies Flag[]);

function amendedWords(who: string, { slots = {}, values = {}, flags = [], note }: Data): string {
  const given = [
    ...Object.entries(slots).map(([name, { value }]) => field(name, value)),
    ...Object.entries(values).map(([name, value]) => field(name, value)),
  ];
  const parts = [...given, ...flags.map((one) => `标记「${flag(one)}」`), ...(note ? [note] : [])];
  return parts.length > 0 ? `${who}补充：${parts.join('；')}` : `${who}更新了工单`;
}
