/** A desk that answers by a fixed script over the in-memory log, for tests of the chat's looks and manners alone. */
import type { Accept, Outgoing } from '../../adapters/channel';
import type { Address, Content, Option, Reply } from '../../dialogs/vocabulary';
import { type ConversationLog, createConversationLog } from './conversationLog';

const option = (label: string): Option => ({ value: label, label });

function answers(content: Content): readonly Reply[] {
  if (content.kind === 'hello')
    return [{ kind: 'choices', text: '您好，这里是家校客服。请问您是？', options: [option('家长'), option('教师'), option('学校管理员')] }];
  if (content.kind === 'fields')
    return [
      {
        kind: 'card',
        text: '请核对',
        title: '请核对以下内容',
        rows: Object.entries(content.values).map(([label, value]) => ({ label, value: value ?? '' })),
        options: [option('确认提交'), option('修改')],
      },
    ];
  if (content.kind === 'image' || content.kind === 'file') return [{ kind: 'text', text: '图片收到了。' }];
  const text = content.kind === 'text' ? content.text : content.kind === 'choice' ? content.value : '';
  if (text.includes('收不到'))
    return [
      {
        kind: 'text',
        text: '请先确认手机没有拦截短信，再看信箱是否已满。\n具体步骤见 https://help.example/sms 。这样处理后有帮助吗？',
        options: [option('有帮助'), option('没帮助')],
      },
    ];
  if (text === '没帮助')
    return [
      {
        kind: 'form',
        text: '我来为您登记，请问孩子在哪所学校？',
        form: 'intake',
        asking: 'school',
        fields: [
          { name: 'school', label: '学校', required: true },
          { name: 'class', label: '班级', required: true, hint: '例如：三年级2班' },
          { name: 'name', label: '姓名', required: true },
          { name: 'phone', label: '手机号码', required: true },
          { name: 'issue', label: '事由', required: true, value: '收不到通知' },
          { name: 'remark', label: '备注', required: false },
        ],
        options: [],
      },
    ];
  if (text === '确认提交') return [{ kind: 'text', text: '已为您登记，工单编号 20261122-0007。' }];
  return [{ kind: 'text', text: `您说的是：${text}` }];
}

export type ScriptedDesk = ConversationLog &
  Readonly<{
    /** Where replies go once they are in the log; set when the channel stands. */
    deliverTo(send: (outgoing: Outgoing) => Promise<void>): void;
    /** Speaks without being asked, as an agent does. */
    say(to: Address, reply: Reply): Promise<void>;
  }>;

export function createScriptedDesk(): ScriptedDesk {
  const log = createConversationLog();
  let send: (outgoing: Outgoing) => Promise<void> = async () => undefined;
  const say = (to: Address, reply: Reply): Promise<void> => send(log.reply(to, reply));
  const accept: Accept = async (message) => {
    const accepted = await log.accept(message);
    // After the acknowledgement, as the real desk does.
    if (!accepted.duplicate) setImmediate(() => answers(message.content).forEach((reply) => void say(message.from, reply)));
    return accepted;
  };
  return {
    ...log,
    accept,
    say,
    deliverTo(next) {
      send = next;
    },
  };
}
