/** Who writes English finds the articles that have an English part, and is answered in English. */
import { fillAnswer, inEnglish, type Settings } from '../../knowledge/answer';
import type { Article } from '../../knowledge/article';
import { parseArticle } from '../../knowledge/article';
import { checkArticles } from '../../knowledge/check';
import { compareBases } from '../../knowledge/compare';
import { createEnglish, stems } from '../../knowledge/english';
import { createKnowledge } from '../../knowledge/index';

type Part = Readonly<{ question: string; variants: readonly string[]; answer: string; mustMatch?: string; mustNotMatch?: string }>;

function article(id: string, question: string, en?: Part): Article {
  const english =
    en &&
    `en:\n  question: ${en.question}\n  variants: [${en.variants.join(', ')}]\n  mustMatch: [${en.mustMatch ?? `${en.variants[0]} now`}]\n  mustNotMatch: [${en.mustNotMatch ?? 'tell me a joke'}]\n  answer: ${en.answer}\n`;
  const text = `---\nid: ${id}\ncategory: 测试\nquestion: ${question}\nvariants: [${question}怎么弄]\naudience: [parent]\ndepartment: 客服部\nevidence: [S]\nmustMatch: [另一种说法]\nmustNotMatch: [别的问题]\n${english ?? ''}---\n中文答案 ${id}\n`;
  const { article: parsed, problems } = parseArticle(`${id}.md`, text);
  if (!parsed) throw new Error(JSON.stringify(problems));
  return parsed;
}

const lostPart = {
  question: 'My child lost the student card',
  variants: ['lost card', 'how to replace a lost card', 'the card is lost'],
  answer: '"Report the loss first. Price: {{card.fee|by the local rule}}."',
};
const lost = article('card-lost', '学生卡丢了', lostPart);
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

  test('hears what the place has set for English, or in figures, never a Chinese phrase in the middle of a sentence', () => {
    const priced = (settings: Settings) => fillAnswer('{{card.fee|by the local rule}} in {{app.name|the app}}', inEnglish(settings));
    expect(priced({ 'card.fee': '十元' })).toBe('by the local rule in the app');
    expect(priced({ 'card.fee': '十元', 'card.fee.en': '10 yuan', 'app.name': '和校园' })).toBe('10 yuan in 和校园');
    expect(priced({ 'card.fee': '10' })).toBe('10 in the app');
  });

  test('finds the article whatever form its words take', () => {
    expect(stems('The cancelled subscriptions, please')).toEqual(stems('cancelling subscription'));
    expect(base().ask('cancelling the subscription', { language: 'en' }).hits[0]?.article).toBe('cancel-how');
  });

  test('in few words, one of them never heard, is no sure thing', () => {
    expect(base().ask('my passport is lost', { language: 'en' }).decision).not.toBe('answer');
  });

  test('that only names a matter without an English article finds nothing', () => {
    expect(base().ask('I need an invoice', { language: 'en' }).decision).toBe('none');
  });

  test('of a word or two is found though no language can be told from it', () => {
    expect(base().ask('unsubscribe?', { language: 'zh' })).toMatchObject({
      decision: 'answer',
      hits: [{ answer: 'Tell us your number.' }],
    });
    expect(base().ask('qwer asdf', { language: 'zh' }).decision).toBe('none');
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

  test('is understood in other words that mean the same, written together or apart', () => {
    const { ask } = base();
    expect(ask('my daughter’s card went missing', { language: 'en' }).hits[0]?.article).toBe('card-lost');
    expect(stems('How can I log in? I can’t sign in')).toEqual(stems('how can I login I cannot login'));
  });
});

describe('the promises an article makes in English', () => {
  const promising = (part: Partial<Part>): Article => article('card-lost', '学生卡丢了', { ...lostPart, ...part });
  const errors = (...articles: readonly Article[]) => checkArticles(articles).filter(({ severity }) => severity === 'error');

  test('are proved like the Chinese ones: what must be found, and what must not be answered', () => {
    const problems = errors(promising({ mustMatch: 'please unsubscribe me', mustNotMatch: 'the lost card' }), cancel);
    expect(problems.filter(({ question }) => !/[另别]/.test(question))).toEqual([
      expect.objectContaining({ article: 'card-lost', question: 'please unsubscribe me', found: 'cancel-how' }),
      expect.objectContaining({ article: 'card-lost', question: 'the lost card', found: 'card-lost' }),
    ]);
  });

  test('copy no wording, which would prove nothing', () => {
    expect(() => promising({ mustMatch: 'Lost card!' })).toThrow(/copies the question or a variant/);
  });

  test('are asked of a changed base, and so are logged questions in the language they were asked in', async () => {
    const asked = 'card vanished yesterday';
    const changed = { ...cancel, en: cancel.en && { ...cancel.en, variants: [...cancel.en.variants, asked] } };
    const kept = promising({ mustMatch: asked });
    const { broken, shifts } = await compareBases([kept, cancel], [kept, changed], [{ text: asked, language: 'en' }]);
    expect(broken).toEqual([expect.objectContaining({ article: 'card-lost', question: asked, found: 'cancel-how' })]);
    expect(shifts.map(({ before, after }) => [before.article, after.article])).toEqual([['card-lost', 'cancel-how']]);
  });
});
