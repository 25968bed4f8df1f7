/** Waiting for a person: what adds to the matter goes to its ticket, another matter gets its own. */
import { talk } from '../support/talk';

const queued = () => talk('zh').says('短信收不到，已经三天了，转人工').isIn('waiting');

describe('another matter while a person is due', () => {
  test.each([['我要报修'], ['我要登记'], ['帮我退订吧'], ['还有一件事，学校门口的考勤机坏了']])('%s begins its own form', (words) => {
    const asked = queued().says(words).hears('照样为您排队').isIn('form');
    expect(asked.world.state.memory.queued?.ticket).toBe('20261123-0001');
  });

  test('gets its own ticket, and the customer is back in the queue', () => {
    const done = queued()
      .says('我要报修')
      .says('实验小学')
      .says('刷卡没有反应')
      .says('昨天早上')
      .says('李老师 13800138000')
      .isIn('confirming')
      .says('确认')
      .hears('20261123-0002')
      .hears('工单 20261123-0001 还在为您排队')
      .isIn('waiting');
    expect(done.world.tickets.map(({ form }) => form)).toEqual(['repair', 'intake']);
  });

  test('dropped, leaves the customer in the queue', () => {
    queued().says('我要报修').says('取消').hears('还在为您排队').isIn('waiting');
  });

  test('is put aside when the person comes, and offered afterwards', () => {
    const agent = { ticket: '20261123-0001', agent: 'lin', agentName: '小林' };
    const talking = queued()
      .says('我要报修')
      .happens({ kind: 'agentClaimed', ...agent })
      .isIn('withAgent');
    talking
      .happens({ kind: 'agentReturned', ...agent })
      .hears('设备报修')
      .isIn('resuming');
  });

  test('has no place in the queue to go back to once that ticket is resolved', () => {
    const told = queued().says('我要报修').happens({ kind: 'ticketResolved', ticket: '20261123-0001', result: '已处理', auto: true });
    told.isIn('form').says('取消').isIn('idle');
  });
});

describe('a ticket an agent gave back to the bot', () => {
  const agent = { ticket: '20261123-0001', agent: 'lin', agentName: '小林' };
  const back = () =>
    talk('zh')
      .says('我要报修')
      .says('实验小学')
      .says('转人工')
      .happens({ kind: 'agentClaimed', ...agent })
      .happens({ kind: 'agentReturned', ...agent })
      .isIn('idle')
      .says('考勤机黑屏了，我要报修')
      .hears('20261123-0001');

  test('is asked about before another of its kind is opened', () => {
    back().presses('是新的事').isIn('form');
  });

  test('goes to a person again when the customer asks for one then', () => {
    const asked = back().says('人工').hears('20261123-0001').isIn('waiting');
    expect(asked.world.tickets).toHaveLength(1);
  });
});

describe('words about the matter itself', () => {
  test.each([
    ['已经三天了'],
    ['班主任也说没发出来'],
    ['我是三年级2班王小明的妈妈'],
    ['对了，手机是 13800138000'],
    ['你们快点，再不来人我要投诉了'],
  ])('%s stays with its ticket', (words) => void queued().says(words).isIn('waiting'));

  test('「我要登记」 with nothing told yet fills in the ticket that waits', () => {
    const asked = talk('zh').says('人工').says('我要登记').isIn('form');
    asked.says('实验小学').says('三年级2班').says('王小明').says('13800138000').says('收不到短信').says('确认').isIn('waiting');
    expect(asked.world.tickets).toHaveLength(1);
  });
});

describe('who writes line after line in the queue', () => {
  test('is told once that it arrives, and again after a while; every line reaches the desk', () => {
    const first = queued().says('怎么回事').hears('已一并转给同事');
    const next = first.waits(5_000).says('我很急').hearsNothing();
    expect(next.lastTurns()[0]?.effects).toContainEqual({ kind: 'tellDesk', ticket: '20261123-0001', text: '我很急' });
    next.says('13800138000').hears('13800138000');
    next.waits(30_000).says('钱都交了').hears('已一并转给同事');
  });
});

describe('the place in the queue', () => {
  const minute = 60_000;
  const third = (more = {}) => talk('zh', { ahead: 2, ...more }).says('短信收不到，已经三天了，转人工');

  test('is told with what lately was usual, when that is known', () => {
    third({ pickUpMinutes: 4 }).hears('您前面还有 2 位，最近一般 4 分钟左右有同事接入，请稍候');
    third().hears('您前面还有 2 位，请稍候');
  });

  test.each(['前面还有几个人', '还要等多久', '排到我了吗', '人呢', '有人吗'])('is told whenever it is asked for: %s', (words) => {
    third().says(words).hears('前面还有 2 位').says(words).hears('前面还有 2 位');
  });

  test('asked for is not taken for the matter', () => {
    const { state } = talk('zh').says('人工').says('还要等多久').says('前面还有几个人').world;
    expect(state.phase === 'waiting' && state.slots).toEqual({});
  });

  test('is told unasked every three minutes at most, along with another answer', () => {
    const again = third()
      .says('昨天也没收到')
      .hears(/^收到，已一并转给同事。$/);
    again
      .waits(3 * minute)
      .says('今天还是没有')
      .hears(/已一并转给同事。\n工单编号 .*前面还有 2 位/);
    again
      .waits(minute)
      .says('班里别的家长都收到了')
      .hears(/^收到，已一并转给同事。$/);
  });

  test('is not told unasked while nobody is at the desk', () => {
    talk('zh', { deskOpen: false })
      .says('短信收不到，转人工')
      .waits(5 * minute)
      .says('昨天也没收到')
      .hears(/^收到[^\n]*$/);
  });
});
