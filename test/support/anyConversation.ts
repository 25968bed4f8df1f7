/** Random conversations with a fixed seed: customers who say and press anything, agents who come and go, time that passes. */
import fc from 'fast-check';
import type { Content, Event, State, Turn } from '../../dialogs/vocabulary';
import { createWorld, happen, type Occasion, pass, receive, type World } from './world';

const sayings = [
  '您好',
  '人工',
  '取消',
  '重来',
  '确认',
  '对',
  '不对',
  '不对,是四班',
  '没有了',
  '谢谢',
  '继续',
  '不办了',
  '跳过',
  '不想说',
  '不知道',
  '1',
  '2',
  '第二个',
  '收不到短信怎么办',
  '卡怎么办',
  '怎么退订',
  '校园里的红色按钮有何含义',
  '明天天气怎么样',
  '我要报修,考勤机坏了',
  '我要投诉,莫名其妙扣费',
  '我要退订',
  '我想开通校讯通',
  '我换手机号了,帮我改一下',
  '帮我查一下业务',
  '我想换学生卡',
  '我建议短信写上老师名字',
  '群里有人发黄色信息,我要举报',
  '紧急!下午停课的通知没发出去',
  '孩子走失了',
  '傻逼客服',
  '我的工单怎么样了',
  '工单20261123-0001处理好了吗',
  '实验小学',
  '一中',
  '三年二班',
  '王小明',
  '13800138000',
  '1380013',
  '妈妈',
  '南校门',
  '昨天早上',
  '还有一件事',
  '我要报修,一中的考勤机坏了',
  '我是实验小学三年二班王小明的妈妈,13800138000,一直收不到短信',
  '还有一件事,我要投诉',
  '没帮助',
  '有帮助',
  '同意',
  '5',
  '还是不行',
  '手机号错了',
  '👍',
  'hello',
  ' ',
];
const values = [
  'helpful',
  'unhelpful',
  'register',
  'human',
  'confirm',
  'change',
  'cancel',
  'skip',
  'goOn',
  'startOver',
  'drop',
  'nothingElse',
  'noneOfThese',
  'sameMatter',
  'newMatter',
  'role:parent',
  'form:repair',
  'form:urgent',
  'field:phone',
  'rate:1',
  'rate:5',
  'ticket:20261123-0001',
  'urge:20261123-0001',
  'ask:怎么退订',
  'article:card-dead',
  'school:南宁市第一中学',
  'nonsense',
];

const content: fc.Arbitrary<Content> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...sayings).map((text): Content => ({ kind: 'text', text })) },
  { weight: 3, arbitrary: fc.constantFrom(...values).map((value): Content => ({ kind: 'choice', value })) },
  fc.constant<Content>({ kind: 'hello' }),
  fc.constant<Content>({ kind: 'fields', values: { school: '实验小学', phone: '13800138000', class: '三年二班' } }),
  fc.constant<Content>({ kind: 'location', latitude: 1, longitude: 2 }),
  fc
    .constantFrom('image' as const, 'voice' as const)
    .map((kind): Content => ({ kind, attachment: { name: 'a', url: 'https://x.example/a', type: 'x', size: 1 } })),
);

type Act =
  | Readonly<{ kind: 'says'; content: Content }>
  | Readonly<{ kind: 'presses'; index: number }>
  | Readonly<{ kind: 'passes'; ms: number }>
  | Readonly<{ kind: 'agent'; what: 'claims' | 'replies' | 'returns' | 'assigns' | 'passes' | 'resolves' | 'closes'; older: boolean }>
  | Readonly<{ kind: 'breaks' }>;

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 10, arbitrary: content.map((one): Act => ({ kind: 'says', content: one })) },
  { weight: 5, arbitrary: fc.nat(5).map((index): Act => ({ kind: 'presses', index })) },
  { weight: 1, arbitrary: fc.constantFrom(60_000, 31 * 60_000, 5 * 3_600_000, 30 * 3_600_000).map((ms): Act => ({ kind: 'passes', ms })) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('agent' as const),
      what: fc.constantFrom('claims', 'replies', 'returns', 'assigns', 'passes', 'resolves', 'closes'),
      older: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Act>({ kind: 'breaks' }) },
);

function agentAct(world: World, { what, older }: Extract<Act, { kind: 'agent' }>): Occasion {
  const ticket = world.tickets.at(older ? -1 : 0)?.number ?? 'none';
  const agent = { ticket, agent: older ? 'wu' : 'lin', agentName: older ? '小吴' : '小林' };
  switch (what) {
    case 'claims':
      return { kind: 'agentClaimed', ...agent };
    case 'replies':
      return { kind: 'agentReplied', act: `a${world.count}`, ...agent, text: '您好', attachments: [] };
    case 'returns':
      return { kind: 'agentReturned', ...agent };
    case 'assigns':
      return { kind: 'agentAssigned', ...agent, to: { agent: 'zhao', agentName: '小赵' } };
    case 'passes':
      return { kind: 'agentAssigned', ...agent, to: { department: '设备维修组' } };
    case 'resolves':
      return { kind: 'ticketResolved', ticket, result: '好了', auto: false };
    case 'closes':
      return { kind: 'ticketResolved', ticket, result: '好了', auto: true };
  }
}

function perform(world: World, one: Act): readonly Turn[] {
  switch (one.kind) {
    case 'says':
      return [receive(world, one.content)];
    case 'presses': {
      const option = world.state.memory.offered[one.index];
      return option ? [receive(world, { kind: 'choice', ...option })] : [];
    }
    case 'passes':
      return pass(world, one.ms);
    case 'agent':
      return [happen(world, agentAct(world, one))];
    case 'breaks':
      return [happen(world, { kind: 'broke', reason: 'test', numbers: [`broke-${world.count}`, 'spare'], desk: { open: true, ahead: 0 } })];
  }
}

/** Looks at one turn: the state before it, what happened, and what came of it. */
export type Seen = (before: State, event: Event, turn: Turn) => void;

/** Plays that many random conversations; `seen` looks at every turn of them. A failure is reported with the shortest conversation that fails. */
export function everyTurn(runs: number, seen: Seen): void {
  fc.assert(
    fc.property(fc.array(act, { minLength: 5, maxLength: 30 }), fc.boolean(), (acts, open) => {
      const world = createWorld({ deskOpen: open, opensAt: 1_800_000_000_000 });
      for (const one of acts) {
        let before = world.state;
        const from = world.events.length;
        for (const [index, turn] of perform(world, one).entries()) {
          const event = world.events[from + index];
          if (!event) throw new Error('a turn without its event');
          seen(before, event, turn);
          before = turn.state;
        }
      }
    }),
    { seed: 20261123, numRuns: runs },
  );
}
