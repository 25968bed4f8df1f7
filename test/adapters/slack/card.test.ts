/** What a ticket's card shows and offers. */
import fc from 'fast-check';
import type { CardField, TicketCard } from '../../../adapters/desk';
import { ACTIONS } from '../../../adapters/slack/ids';
import { chosenOf, MORE } from '../../../adapters/slack/views/buttons';
import { cardBlocks, cardText } from '../../../adapters/slack/views/card';
import type { Block } from '../../../adapters/slack/views/said';
import { flagWords } from '../../../adapters/words';
import { type Flag, SLOT_NAMES } from '../../../dialogs/vocabulary';
import { actsIn } from '../../../src/desk/tickets';
import { givenCard, heldBy, li, NUMBER } from './cards';

type Element = Readonly<{
  type: string;
  action_id?: string;
  text?: { text: string };
  value?: string;
  style?: string;
  options?: readonly { text: { text: string }; value: string }[];
}>;
// Only actions have elements of this shape; tests read what was written above them.
const elements = (blocks: readonly Block[]): readonly Element[] =>
  blocks.flatMap((block) => (block.type === 'actions' ? (block.elements as unknown as readonly Element[]) : []));
const buttons = (card: TicketCard): readonly string[] =>
  elements(cardBlocks(card)).flatMap(({ type, text }) => (type === 'button' && text ? [text.text] : []));
const menu = (card: TicketCard): readonly string[] =>
  elements(cardBlocks(card)).flatMap(({ options = [] }) => options.map(({ text }) => text.text));
const shown = (card: TicketCard): string => JSON.stringify(cardBlocks(card));
const all = (card: TicketCard): readonly string[] => [...buttons(card), ...menu(card)];

// The record names every flag there is.
const everyFlag = Object.keys(flagWords) as Flag[];

/** Every field filled with the same words. */
const filled = (value: string, given: Partial<TicketCard> = {}): TicketCard =>
  heldBy(
    { id: 'li', name: value },
    {
      fields: SLOT_NAMES.map((name): CardField => ({ name, label: '很长的栏目名称', value })),
      flags: everyFlag,
      title: value,
      department: value,
      channel: value,
      result: value,
      cause: value,
      rating: 5,
      priority: 'urgent',
      overdue: true,
      ...given,
    },
  );

describe('what a card says', () => {
  test('number, nature and priority stand on top; only what presses has a colour', () => {
    const top = (card: TicketCard) => JSON.stringify(cardBlocks(card)[0]);
    expect(top(givenCard())).toContain(`"${NUMBER} · 申告"`);
    expect(top(givenCard({ priority: 'high', nature: '投诉' }))).toContain(`"🟠 ${NUMBER} · 投诉 · 高"`);
    expect(top(givenCard({ priority: 'urgent', nature: '紧急' }))).toContain(`"🔴 ${NUMBER} · 紧急"`);
  });

  test('who it is about, the masked phone with a button to see it, the matter, and where it came from', () => {
    const text = shown(givenCard());
    for (const part of ['实验小学', '三年级2班', '王小明', '138****1234', '>收不到短信', '来自网页']) expect(text).toContain(part);
    expect(text).toContain(ACTIONS.phone);
    expect(shown(givenCard({ fields: [] }))).toContain(ACTIONS.phone);
  });

  test('until when, in the time zone of the reader, and whether that is past', () => {
    expect(shown(givenCard())).toContain('<!date^1795424400^{date_short_pretty} {time}|2026-11-23 09:00 UTC>');
    expect(shown(givenCard())).not.toContain('已超时');
    expect(shown(givenCard({ overdue: true }))).toContain('已超时');
  });

  test('who holds it and who answers for it', () => {
    expect(shown(givenCard())).toContain('等待认领');
    expect(shown(givenCard({ holder: 'bot' }))).toContain('机器人');
    expect(shown(heldBy(li))).toContain('李老师处理中');
    expect(shown(heldBy({ id: 'zhao', name: '赵老师' }, { firstOwner: li }))).toContain('首问责任人：李老师');
  });

  test('flags in words', () => {
    expect(shown(givenCard({ flags: ['supervisor', 'incomplete'] }))).toContain('标记：需主管关注、资料不全');
  });

  test('how it ended', () => {
    const text = shown(givenCard({ status: 'resolved', result: '已重新开通', cause: '停机', rating: 4 }));
    for (const part of ['已重新开通', '停机', '4 分', '已解决']) expect(text).toContain(part);
  });

  test('its notification says which and what', () => {
    expect(cardText(givenCard({ priority: 'urgent' }))).toBe(`🔴 ${NUMBER} · 申告 · 紧急　问题登记（客服部）`);
  });
});

describe('what a card offers', () => {
  test('a waiting ticket is claimed first: nothing goes to the customer before', () => {
    expect(buttons(givenCard())).toEqual(['认领', '转派', '内部备注', '补充资料']);
    expect(menu(givenCard())).toEqual(['解决', '升级主管', '合并客户']);
  });

  test('a held ticket is answered, and can be taken over', () => {
    expect(buttons(heldBy(li))).toEqual(['回复客户', '内部备注', '补充资料', '解决']);
    expect(menu(heldBy(li))).toEqual(['转派', '退回机器人', '升级主管', '合并客户', '接手']);
  });

  test('a resolved ticket can be reopened, a closed one too', () => {
    expect(all(givenCard({ status: 'resolved', holder: 'bot' }))).toEqual(['重新打开', '内部备注', '补充资料', '升级主管', '合并客户']);
    expect(all(givenCard({ status: 'closed', holder: 'bot' }))).toEqual(['重新打开', '内部备注', '合并客户']);
  });

  test('given back to the bot, another agent takes it over and does not claim it', () => {
    const offered = all(heldBy(li, { holder: 'bot' }));
    expect(offered).toContain('接手');
    expect(offered).not.toContain('认领');
    expect(offered).not.toContain('回复客户');
  });

  test('nothing beyond what the status allows', () => {
    expect(all(givenCard({ acts: ['note'] }))).toEqual(['内部备注']);
    expect(elements(cardBlocks(givenCard({ acts: [] })))).toEqual([]);
  });

  test('a choice of the menu names the button it stands for', () => {
    const [overflow] = elements(cardBlocks(heldBy(li))).filter(({ action_id }) => action_id === MORE);
    expect(overflow?.options?.map(({ value }) => chosenOf(value))).toEqual([
      { action: ACTIONS.assign, number: NUMBER },
      { action: ACTIONS.return, number: NUMBER },
      { action: ACTIONS.escalate, number: NUMBER },
      { action: ACTIONS.merge, number: NUMBER },
      { action: ACTIONS.takeOver, number: NUMBER },
    ]);
    expect(chosenOf('qiao_other 1')).toBeNull();
    expect(chosenOf(ACTIONS.claim)).toBeNull();
  });

  test('a card that moved says where to and offers nothing', () => {
    const blocks = cardBlocks(givenCard(), { movedTo: '<#C2>' });
    expect(JSON.stringify(blocks)).toContain('已转到 <#C2>');
    expect(elements(blocks)).toEqual([]);
  });
});

describe('what customers write stays what it is', () => {
  test('it pages nobody and is no link', () => {
    const text = shown(filled('<!channel> @here <https://evil.example|点这里> & https://evil.example'));
    expect(text).not.toContain('<!channel>');
    expect(text).not.toContain('<https');
    expect(text).toContain('&lt;!channel&gt; @here');
  });

  test('Slack is told to make no links and mentions of its own', () => {
    const texts: { verbatim?: boolean }[] = [];
    JSON.parse(shown(filled('@here')), (_, value) => {
      if (value?.type === 'mrkdwn') texts.push(value);
      return value;
    });
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.filter(({ verbatim }) => verbatim !== true)).toEqual([]);
  });

  test('each line of the matter is a quotation', () => {
    const fields: readonly CardField[] = [{ name: 'issue', label: '事由', value: '第一行\n\n*处理人* 张三' }];
    expect(shown(givenCard({ fields }))).toContain('>第一行\\n>*处理人* 张三');
  });
});

describe('the limits of Slack', () => {
  test('what is too long is cut with …, between whole characters', () => {
    const text = shown(filled('👨‍👩‍👧'.repeat(2_000)));
    expect(text).toContain('👨‍👩‍👧…');
    expect(text).not.toMatch(/\u200d…/);
  });

  test('any text fits: 50 blocks, 3,000 a section, 2,000 a field, 150 a header, below 9,000 in all', () => {
    const parts = fc.constantFrom('字', '&', '<', '"', '\n', 'a\n', '👨‍👩‍👧', ' ');
    fc.assert(
      fc.property(parts, parts, fc.constantFrom('open', 'assigned', 'resolved', 'closed'), (one, other, status) => {
        const blocks = cardBlocks(filled((one + other).repeat(800), { status, acts: actsIn(status) }));
        expect(blocks.length).toBeLessThanOrEqual(50);
        for (const block of blocks) {
          if (block.type === 'header') expect(block.text.text.length).toBeLessThanOrEqual(150);
          if (block.type !== 'section') continue;
          expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(3_000);
          expect(block.fields?.length ?? 0).toBeLessThanOrEqual(10);
          for (const { text } of block.fields ?? []) expect(text.length).toBeLessThanOrEqual(2_000);
        }
        for (const { action_id = '', value: sent = '', text, options = [] } of elements(blocks)) {
          expect(action_id.length).toBeLessThanOrEqual(255);
          expect(sent.length).toBeLessThanOrEqual(2_000);
          expect(text?.text.length ?? 0).toBeLessThanOrEqual(75);
          expect(options.length).toBeLessThanOrEqual(5);
          for (const option of options) expect(option.value.length).toBeLessThanOrEqual(75);
        }
        expect(JSON.stringify(blocks).length).toBeLessThan(9_000);
      }),
      { seed: 3, numRuns: 30 },
    );
  });
});

test('where the platform counts what is sent, the card says what is left and until when, and that only the telephone is left', () => {
  expect(shown(givenCard())).not.toContain('额度');
  expect(shown(givenCard({ budget: { left: 4, until: 1_795_341_600_000 } }))).toMatch(/额度\*　还可发 4 条，至 <!date\^1795341600/);
  expect(shown(givenCard({ budget: null }))).toContain('现在不能发消息给客户，请致电客户');
});
