/** What the server knows of a call, in lines for a person to read. Pure. */
import type { CallView } from '../../../adapters/calls';
import type { CallFigures } from '../../../src/calls/figures';

const states: Readonly<Record<CallView['state'], string>> = { ringing: '振铃', answered: '通话中', ended: '已结束', missed: '未接' };

/** What pops up on the screen of the agent at whom it rings. */
export function screenPop({ caller, known, tickets, earlier }: CallView): readonly string[] {
  const people = known.map(({ name = '（没有留名）', school = '', class: form = '' }) => [name, school, form].filter(Boolean).join(' '));
  const last = earlier.flatMap(({ lines }) =>
    lines.slice(-1).flatMap(({ reply, content }) => reply?.text ?? (content?.kind === 'text' ? content.text : [])),
  );
  return [
    `来电人 ${caller || '隐藏号码'}${people.length === 0 ? '：没有留过这个号码的人' : `：${people.join('、')}`}`,
    ...tickets.map(
      ({ number, nature, fields }) => `未结工单 ${number}（${nature}）${fields.find(({ name }) => name === 'issue')?.value ?? ''}`,
    ),
    ...last.map((line) => `上次说到：${line.split('\n')[0]}`),
  ];
}

export function shownCall({ state, waitedSeconds, agent, callBack }: CallView): string {
  const waited = waitedSeconds === undefined ? '' : `，等了 ${waitedSeconds} 秒`;
  return `${states[state]}${agent ? `，${agent.name}` : ''}${waited}${callBack === undefined ? '' : `，请回电 ${callBack}`}`;
}

export function shownFigures({ calls, answered, missed, inTime, rate, meanWaitSeconds }: CallFigures): string {
  const share = rate === null ? '无' : `${Math.round(rate * 100)}%`;
  const mean = meanWaitSeconds === null ? '' : `，平均等待 ${Math.round(meanWaitSeconds)} 秒`;
  return `来电 ${calls}，接听 ${answered}，未接 ${missed}；三声以内 ${inTime}，三声接听率 ${share}${mean}`;
}
