/** A telephone call in a sentence: who may be calling, and what of theirs is open. Pure. */
import type { CallView } from '../../adapters/calls';

/** Null for what an agent knows anyway: their own call that was answered or is over. */
export function ringingWords({ state, caller, known, tickets }: CallView): Readonly<{ title: string; text: string }> | null {
  if (state !== 'ringing' && state !== 'missed') return null;
  const who = known.map(({ name, school, class: form }) => [name, school, form].filter(Boolean).join(' ')).filter(Boolean);
  const open = tickets.map(({ number, title }) => `${number} ${title}`);
  const lines = [
    who.length > 0 ? `可能是：${who.slice(0, 3).join('；')}` : '没有登记过的号码',
    open.length > 0 ? `未结工单：${open.slice(0, 3).join('；')}` : '没有未结工单',
  ];
  return { title: `${state === 'missed' ? '未接来电' : '来电'} ${caller || '（未显示号码）'}`, text: lines.join('\n') };
}
