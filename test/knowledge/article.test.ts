import type { FormName, Role } from '../../dialogs/vocabulary';
import { type ArticleForm, type Audience, conflicts, parseArticle } from '../../knowledge/article';

const text = (changes: Readonly<Record<string, string>> = {}, answer = '拨打 {{hotline|客服热线}}即可取消。'): string => {
  const fields = {
    id: 'cancel-how',
    category: '退订与取消',
    question: '家长怎么取消业务?',
    variants: '[不想用了怎么退, 怎么退订校讯通]',
    audience: '[parent]',
    department: '业务受理组',
    form: 'cancel',
    evidence: '[P, G]',
    mustMatch: '[校讯通我不要了怎么弄]',
    mustNotMatch: '[取消以后还能再开吗]',
    ...changes,
  };
  const head = Object.entries(fields).flatMap(([key, value]) => (value === '' ? [] : [`${key}: ${value}`]));
  return `---\n${head.join('\n')}\n---\n${answer}\n`;
};
const problemsOf = (source: string, file = '02-cancel/cancel-how.md') => parseArticle(file, source).problems.map(({ problem }) => problem);

test('a sound article is read whole', () => {
  const { article, problems } = parseArticle('02-cancel/cancel-how.md', text());
  expect(problems).toEqual([]);
  expect(article).toMatchObject({ id: 'cancel-how', form: 'cancel', variants: ['不想用了怎么退', '怎么退订校讯通'] });
  expect(article?.answer).toBe('拨打 {{hotline|客服热线}}即可取消。');
});

test('dates are days of China Standard Time and the last day counts whole', () => {
  const { article } = parseArticle('a/cancel-how.md', text({ validFrom: '2026-09-01', validTo: '2026-09-30' }));
  expect(article?.validFrom).toBe(Date.UTC(2026, 7, 31, 16));
  expect(article?.validTo).toBe(Date.UTC(2026, 8, 30, 16));
});

test('every problem of a file is reported at once, each with what to do', () => {
  const problems = problemsOf(text({ department: '没有的部门', audience: '[alien]', form: 'urgent', variants: '[]', mustMatch: '' }));
  expect(problems).toHaveLength(5);
  for (const field of ['department', 'audience', 'form', 'variants', 'mustMatch']) {
    expect(problems).toContainEqual(expect.stringMatching(new RegExp(`^${field}.*: `)));
  }
});

test.each([
  ['an empty question', text({ question: '" "' }), /^question: is empty/],
  ['a field nobody knows', text({ kategory: 'x' }), /kategory/],
  ['a file without front matter', '只有正文', /no front matter/],
  ['front matter that is not YAML', text({ question: '[没关上' }), /not YAML/],
  ['an empty answer', text({}, ''), /no answer/],
  ['a placeholder without a fallback', text({}, '每月{{fee.monthly}}元'), /placeholder \{\{fee\.monthly\}\} is broken/],
  ['an id that differs from the file name', text({ id: 'cancel-why' }), /differs from the file name/],
  ['a mustMatch that copies a variant', text({ mustMatch: '[不想用了，怎么退?]' }), /copies the question or a variant/],
  ['a variant written twice', text({ variants: '[怎么退, 怎么退?]' }), /stands twice/],
  ['a question of punctuation only', text({ variants: '["???"]' }), /has no words/],
  ['dates in the wrong order', text({ validFrom: '2026-09-02', validTo: '2026-09-01' }), /validTo lies before/],
  ['a date nobody has', text({ validFrom: '2026-02-30' }), /validFrom: is not a date/],
])('refused: %s', (_what, source, reason) => {
  expect(problemsOf(source)).toContainEqual(expect.stringMatching(reason));
});

test('two articles may share neither an id nor a question', () => {
  const one = parseArticle('a/cancel-how.md', text()).article;
  const two = parseArticle('b/cancel-how.md', text({ question: '怎么退订?', variants: '[不想用了，怎么退?]' })).article;
  if (!one || !two) throw new Error('both articles should be sound on their own');
  expect(conflicts([one, two])).toEqual([
    { file: 'b/cancel-how.md', problem: expect.stringMatching(/id "cancel-how" is taken by a\/cancel-how\.md/) },
    { file: 'b/cancel-how.md', problem: expect.stringMatching(/also asked in a\/cancel-how\.md/) },
  ]);
});

test('audiences and forms are those of the dialog vocabulary', () => {
  const roles: Record<Role, true> = { parent: true, teacher: true, admin: true, prospect: true } satisfies Record<Audience, true>;
  const form = (name: ArticleForm): FormName => name;
  expect(Object.keys(roles)).toHaveLength(4);
  expect(form('cancel')).toBe('cancel');
});
