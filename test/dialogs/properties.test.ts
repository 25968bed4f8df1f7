/** What holds for any conversation, whatever happens in it: driven by random events with a fixed seed. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { forms } from '../../dialogs/forms';
import { transitions } from '../../dialogs/phases';
import { step } from '../../dialogs/step';
import type { Content, Event, FormName, PhaseName, SlotName, Turn } from '../../dialogs/vocabulary';
import { createWorld, happen, type Occasion, pass, receive, rules, type World } from '../support/world';

const seed = 20261123;
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
  | Readonly<{ kind: 'agent'; what: 'claims' | 'replies' | 'returns' | 'leaves' | 'resolves' | 'closes'; older: boolean }>
  | Readonly<{ kind: 'breaks' }>;

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 10, arbitrary: content.map((one): Act => ({ kind: 'says', content: one })) },
  { weight: 5, arbitrary: fc.nat(5).map((index): Act => ({ kind: 'presses', index })) },
  { weight: 1, arbitrary: fc.constantFrom(60_000, 31 * 60_000, 5 * 3_600_000, 30 * 3_600_000).map((ms): Act => ({ kind: 'passes', ms })) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('agent' as const),
      what: fc.constantFrom('claims', 'replies', 'returns', 'leaves', 'resolves', 'closes'),
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
      return { kind: 'agentReplied', ...agent, text: '您好' };
    case 'returns':
      return { kind: 'agentReturned', ...agent };
    case 'leaves':
      return { kind: 'agentReleased', ticket, reason: 'away' };
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

type Seen = (before: World['state'], event: Event, turn: Turn, world: World) => void;

/** Plays many random conversations; `seen` looks at every turn of them. */
function everyTurn(runs: number, seen: Seen): void {
  fc.assert(
    fc.property(fc.array(act, { minLength: 5, maxLength: 30 }), fc.boolean(), (acts, open) => {
      const world = createWorld({ deskOpen: open, opensAt: 1_800_000_000_000 });
      for (const one of acts) {
        let before = world.state;
        const from = world.events.length;
        const turns = perform(world, one);
        for (const [index, turn] of turns.entries()) {
          const event = world.events[from + index];
          if (!event) throw new Error('a turn without its event');
          seen(before, event, turn, world);
          before = turn.state;
        }
      }
    }),
    { seed, numRuns: runs },
  );
}

function opened(turn: Turn): readonly string[] {
  return turn.effects.flatMap((effect) => (effect.kind === 'openTicket' ? [effect.number] : []));
}

describe('in any conversation', () => {
  test('every change of phase stands in the table, state and effects are plain JSON, and the same event gives the same turn', () => {
    const missing = new Set<string>();
    everyTurn(400, (before, event, turn) => {
      const [from, to]: readonly [PhaseName, PhaseName] = [before.phase, turn.state.phase];
      if (from !== to && !(to in transitions[from])) missing.add(`${from} → ${to}`);
      if (!isDeepStrictEqual(JSON.parse(JSON.stringify(turn)), turn)) throw new Error(`not plain JSON: ${JSON.stringify(turn)}`);
      if (!isDeepStrictEqual(step(before, event, rules), turn)) throw new Error(`another turn on replay: ${JSON.stringify(event)}`);
    });
    expect([...missing]).toEqual([]);
  });

  test('the bot never answers a customer whom an agent holds, and passes every word on', () => {
    everyTurn(300, (before, event, turn) => {
      if (before.phase !== 'withAgent' || event.kind !== 'received') return;
      expect(turn.effects.filter(({ kind }) => kind !== 'tellDesk')).toEqual([]);
      if (event.content.kind === 'text' && event.content.text.trim()) expect(turn.effects).toHaveLength(1);
    });
  });

  test('ticket numbers come only from those reserved for the turn, and only in order', () => {
    everyTurn(300, (_, event, turn) => {
      const numbers = event.kind === 'received' ? event.gathered.numbers : 'numbers' in event ? event.numbers : [];
      expect(numbers.slice(0, opened(turn).length)).toEqual(opened(turn));
    });
  });

  test('人工 reaches a person from every phase the bot holds', () => {
    everyTurn(150, (before, event) => {
      const world = createWorld();
      world.state = { ...before, memory: { ...before.memory, lastAt: event.at } };
      world.now = event.at;
      receive(world, { kind: 'text', text: '转人工' });
      expect(['waiting', 'withAgent']).toContain(world.state.phase);
    });
  });

  test('every message is answered, relayed or both: none falls silent', () => {
    everyTurn(300, (before, event, turn) => {
      if (event.kind !== 'received' || event.content.kind === 'hello' || before.phase === 'withAgent') return;
      expect(turn.effects.some(({ kind }) => kind === 'reply' || kind === 'tellDesk')).toBe(true);
    });
  });
});

const good: Readonly<Record<SlotName, string>> = {
  school: '实验小学',
  class: '三年二班',
  name: '王小明',
  phone: '13800138000',
  issue: '考勤机刷卡没反应',
  remark: '无',
  newPhone: '13900139000',
  relation: '妈妈',
  place: '南校门',
  device: '考勤机',
  since: '昨天早上',
  recipients: '全校家长',
  eventTime: '今天下午四点',
  item: '学生卡',
  against: '客服',
  reason: '孩子毕业了',
};

describe('a cooperative customer', () => {
  test.each(Object.keys(forms) as FormName[])('is through with the form %s after its fields and one word of confirmation', (form) => {
    const world = createWorld();
    receive(world, { kind: 'choice', value: `form:${form}` });
    for (let turns = 0; turns < forms[form].fields.length && world.state.phase === 'form'; turns += 1) {
      receive(world, { kind: 'text', text: good[world.state.asking] });
    }
    if (world.state.phase === 'confirming') receive(world, { kind: 'text', text: '同意' });
    expect(['idle', 'waiting']).toContain(world.state.phase);
    expect(world.tickets.map((ticket) => ticket.form)).toEqual([form]);
  });
});
