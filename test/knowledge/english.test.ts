/** Who writes English finds the articles that have an English part, and is answered in English. */
import type { Article } from '../../knowledge/article';
import { parseArticle } from '../../knowledge/article';
import { createEnglish, stemmed } from '../../knowledge/english';
import { createKnowledge } from '../../knowledge/index';

function article(id: string, question: string, en?: Readonly<{ question: string; variants: readonly string[]; answer: string }>): Article {
  const english = en && `en:\n  question: ${en.question}\n  variants: [${en.variants.join(', ')}]\n  answer: ${en.answer}\n`;
  const text = `---\nid: ${id}\ncategory: 测试\nquestion: ${question}\nvariants: [${question}怎么弄]\naudience: [parent]\ndepartment: 客服部\nevidence: [S]\nmustMatch: [另一种说法]\nmustNotMatch: [别的问题]\n${english ?? ''}---\n中文答案 ${id}\n`;
  const { article: parsed, problems } = parseArticle(`${id}.md`, text);
  if (!parsed) throw new Error(JSON.stringify(problems));
  return parsed;
}

const lost = article('card-lost', '学生卡丢了', {
  question: 'My child lost the student card',
  variants: ['lost card', 'how to replace a lost card', 'the card is lost'],
  answer: '"Report the loss first. Price: {{card.fee|by the local rule}}."',
});
const cancel = article('cancel-how', '怎么退订', {
  question: 'How do I cancel the service',
  variants: ['cancel my subscription', 'unsubscribe', 'stop the service'],
  answer: 'Tell us your number.',
});
const invoice = article('fee-invoice', '怎么开发票');
const base = () => createKnowledge([lost, cancel, invoice], { settings: { 'card.fee': '10' } });

describe('a question in English', () => {
  test('is answered in English, with what the place has set', () => {
    const { decision, hits } = base().ask('The child lost the card', { language: 'en' });
    expect([decision, hits[0]]).toEqual([
      'answer',
      expect.objectContaining({
        article: 'card-lost',
        title: 'My child lost the student card',
        answer: 'Report the loss first. Price: 10.',
      }),
    ]);
  });

  test('finds the article whatever form its words take', () => {
    expect(stemmed('I’ve cancelled the subscriptions')).toBe(stemmed('cancel subscription'));
    expect(base().ask('cancelling the subscription', { language: 'en' }).hits[0]?.article).toBe('cancel-how');
  });

  test('in few words, one of them never heard, is no sure thing', () => {
    expect(base().ask('my passport is lost', { language: 'en' }).decision).not.toBe('answer');
  });

  test('that only names a matter without an English article finds nothing', () => {
    expect(base().ask('I need an invoice', { language: 'en' }).decision).toBe('none');
  });

  test('typed by somebody whose page is English but who writes Chinese or pinyin is read as that', () => {
    expect(base().ask('学生卡丢了', { language: 'en' }).hits[0]).toMatchObject({ article: 'card-lost', answer: '中文答案 card-lost' });
  });

  test('is no longer answered by an article that was taken out or lost its English part', () => {
    const english = createEnglish([lost, cancel], {});
    const first = (): string | undefined => english.search('lost card', 1).results[0]?.id;
    expect(first()).toBe('card-lost');
    english.put([article('card-lost', '学生卡丢了')]);
    expect(first()).toBeUndefined();
    english.put([lost]);
    expect(first()).toBe('card-lost');
    english.remove('card-lost');
    expect(first()).toBeUndefined();
  });

  test('one article by its id comes in the language asked for, where it has it', () => {
    const { article: show } = base();
    expect([show('cancel-how', 'en')?.answer, show('cancel-how')?.answer, show('fee-invoice', 'en')?.answer]).toEqual([
      'Tell us your number.',
      '中文答案 cancel-how',
      '中文答案 fee-invoice',
    ]);
  });
});
