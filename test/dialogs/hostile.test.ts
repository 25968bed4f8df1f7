import { extract } from '../../dialogs/extract';
import { understand } from '../../dialogs/intents';

const context = { schools: [], directory: false, at: 0 };
const evidence = { classified: [], knowledge: { decision: 'none' as const, hits: [] } };
const repeated = ['我是', '一三八', '三年级', '（', '138', '通知发错了', '叫·', '小学'];

describe('a message made to be slow', () => {
  test.each(repeated)('%s, said over and over, is read as if it ended after a page', (word) => {
    const long = word.repeat(Math.ceil(4000 / word.length));
    expect(understand(long, evidence)).toEqual(understand(long.slice(0, 600), evidence));
    expect(extract(long, context)).toEqual(extract(long.slice(0, 600), context));
  });
});
