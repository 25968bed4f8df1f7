/** What hurried parents and teachers write: nothing told is lost, nothing is taken for what it is not. */
import { extract } from '../../dialogs/extract';
import { gistOf } from '../../dialogs/gist';
import { given, inPhase } from '../support/given';
import { talk } from '../support/talk';

const nowhere = { schools: [], directory: true, at: 0 };
const issueOf = (said: ReturnType<typeof talk>): string | undefined => {
  const { state } = said.world;
  return 'draft' in state ? state.draft?.slots.issue?.value : state.phase === 'waiting' ? state.slots.issue?.value : undefined;
};

describe('the question asked before', () => {
  test('is the matter of who then says who they are', () => {
    const said = talk('zh').says('卡怎么刷不了').isIn('clarifying').says('实验小学三年级2班王小明').isIn('form');
    expect(issueOf(said)).toBe('卡怎么刷不了');
  });

  test('is the matter of who then wants a person', () => {
    expect(issueOf(talk('zh').says('收不到短信怎么办').isIn('answering').says('找个人跟我说'))).toBe('收不到短信怎么办');
  });

  test('is what 「帮我办理」 means', () => {
    const said = talk('zh').says('孩子的卡掉水里了').says('帮我办理').isIn('form');
    expect(issueOf(said)).toBe('孩子的卡掉水里了');
  });
});

describe('a field asked for', () => {
  test.each(['退钱', '我学校那个门口的闸机坏了刷卡没反应', '短信收不到'])('no school is called 「%s」', (text) => {
    expect(extract(text, { ...nowhere, asked: 'school' }).slots.school).toBeUndefined();
  });

  test('a digit put right is no matter of its own', () => {
    expect(extract('哦少打了一位 18776001234', { ...nowhere, asked: 'phone' }).slots).toEqual({
      phone: { raw: '18776001234', value: '18776001234' },
    });
  });

  test('「不给电话 谁知道你们拿去干嘛」 is a refusal, and hears what the number is for', () => {
    const draft = { form: 'complaint', slots: {}, refused: [], tries: 0, flags: [] } as const;
    const said = given(inPhase({ phase: 'form', draft, asking: 'phone' })).whenSaid('不给电话 谁知道你们拿去干嘛');
    expect(said.reply().text).toContain('理解您的顾虑');
  });

  test('「妈妈」 says who is speaking, whatever was asked', () => {
    const draft = { form: 'join', slots: {}, refused: [], tries: 0, flags: [] } as const;
    const said = given(inPhase({ phase: 'form', draft, asking: 'name' })).whenSaid('妈妈');
    expect(said.reply().text).toContain('与学生关系记下了：母亲');
  });

  test('a sentence is nobody’s relation to a child', () => {
    const draft = { form: 'join', slots: {}, refused: [], tries: 0, flags: [] } as const;
    const { state } = given(inPhase({ phase: 'form', draft, asking: 'relation' })).whenSaid('上周在公交车上弄丢的').turn;
    expect('draft' in state && state.draft?.slots.relation).toBeUndefined();
  });
});

test('an old and a new number begin a change', () => {
  const said = talk('zh').says('老号码13811112222 新的13922223333').isIn('form');
  expect(said.world.state).toMatchObject({ draft: { form: 'change', slots: { newPhone: { value: '13922223333' } } } });
});

test('a grade told at the read-back is asked for its class', () => {
  talk('zh')
    .says('没开过这个业务凭什么每个月扣我10块')
    .says('实验小学')
    .says('跳过')
    .says('张建国')
    .says('13907711234')
    .isIn('confirming')
    .says('四年级的')
    .hears('请再告诉我是几班')
    .says('3班')
    .hears('班级：四年级3班');
});

test('news on an urgent matter does not replace the matter', () => {
  const said = talk('zh')
    .says('我是班主任黄老师，明天春游取消的通知发不出去，今天下午就要让家长知道')
    .says('实验小学')
    .says('三年级全体家长')
    .says('13877112233')
    .isIn('waiting')
    .says('发出去了，不用了谢谢');
  expect(issueOf(said)).toContain('春游取消');
});

test('a greeting run into the question is not searched for', () => {
  expect(gistOf('喂在不在啊我家娃的短信怎么又没有了', nowhere)).toBe('我家娃的短信怎么又没有了');
  expect(gistOf('在吗', nowhere)).toBe('在吗');
});
