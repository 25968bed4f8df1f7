/** Says on the tickets of both sides that two customers became one person's, or are two again: merging is never silent. */
import { channelWords, inCommonWords } from '../../adapters/words';
import { isOpen } from '../../dialogs/vocabulary';
import { addressOf } from '../conversation/ids';
import type { TicketBook } from '../desk/book';
import type { MergeDoc, TicketDoc, TicketEvent } from '../store/documents';
import type { Store } from '../store/store';

/** `id` names the event, so that telling twice is once; `ticket` is where it was done, told last and in any case. */
export type MergeNote = Pick<TicketEvent, 'id' | 'at'> & Readonly<{ ticket?: string }>;
export type MergeNotes = Readonly<{
  merged(merge: MergeDoc, note: MergeNote): Promise<void>;
  unmerged(merge: MergeDoc, note: MergeNote, by: Readonly<{ agent: string; agentName: string }>): Promise<void>;
}>;

const LOOKED_AT = 100;
const NAMED = 5;

export function createMergeNotes(store: Pick<Store, 'tickets'>, book: Pick<TicketBook, 'append'>): MergeNotes {
  async function tell(merge: MergeDoc, { ticket, ...note }: MergeNote, event: (of: Of) => Omit<TicketEvent, 'id' | 'at'>): Promise<void> {
    const conversations = merge.before.map(({ conversation }) => conversation);
    const all = await store.tickets.find({ conversation: { $in: conversations } }, { sort: { createdAt: -1 }, limit: LOOKED_AT });
    const numbers = all.filter(current).map(({ _id }) => _id);
    const said = event({ channels: channelsOf(conversations), numbers: numbers.slice(0, NAMED).sort().join('、') });
    for (const number of [...numbers.filter((one) => one !== ticket), ...(ticket === undefined ? [] : [ticket])])
      await book.append(number, { ...note, ...said });
  }

  return {
    merged: (merge, note) =>
      tell(merge, note, ({ channels, numbers }) => {
        const { by } = merge;
        const whose = `${channels}的对话合为同一位客户，工单 ${numbers} 合在一起看`;
        if (by.how === 'code') return merged('bot', merge, `客户用验证码确认是本人：${whose}`);
        return merged(by.agent, merge, `${by.agentName}合并了客户（${inCommonWords[by.inCommon]}）：${whose}`, by.agentName);
      }),
    unmerged: (merge, note, { agent, agentName }) =>
      tell(merge, note, ({ channels }) => {
        const text = `${agentName}撤销了合并：${channels}的对话和工单恢复为合并之前`;
        return { kind: 'unmerged', by: agent, data: { name: agentName, merge: merge._id, text } };
      }),
  };
}

type Of = Readonly<{ channels: string; numbers: string }>;

const merged = (by: string, { _id }: MergeDoc, text: string, name = '系统'): Omit<TicketEvent, 'id' | 'at'> => ({
  kind: 'merged',
  by,
  data: { name, merge: _id, text },
});

/** Every open ticket, and of each conversation at least its newest. */
const current = (ticket: TicketDoc, n: number, all: readonly TicketDoc[]): boolean =>
  isOpen(ticket) || all.findIndex(({ conversation }) => conversation === ticket.conversation) === n;

const channelsOf = (conversations: readonly string[]): string =>
  [...new Set(conversations.map((one) => channelWords[addressOf(one).channel]))].join('、');
