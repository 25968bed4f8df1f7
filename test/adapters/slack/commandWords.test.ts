/** What /qiao understands. */
import fc from 'fast-check';
import { parseCommand, usages } from '../../../adapters/slack/commandWords';

describe('what is typed after /qiao', () => {
  test.each([
    ['', { kind: 'help' }],
    ['  help ', { kind: 'help' }],
    ['帮助', { kind: 'help' }],
    ['mine', { kind: 'mine' }],
    ['我的', { kind: 'mine' }],
    ['QUEUE', { kind: 'queue' }],
    ['queue 技术部', { kind: 'queue', department: '技术部' }],
    ['show 20261123-0001', { kind: 'show', number: '20261123-0001' }],
    ['查看　１２', { kind: 'show', number: '12' }],
    ['claim #7', { kind: 'claim', number: '7' }],
    ['认领 工单7', { kind: 'claim', number: '7' }],
    ['find 实验小学 三年级', { kind: 'find', text: '实验小学 三年级' }],
    ['note 7 疑似停机\n等客户回电', { kind: 'note', number: '7', text: '疑似停机\n等客户回电' }],
    ['备注 7 疑似停机', { kind: 'note', number: '7', text: '疑似停机' }],
  ])('%j', (typed, command) => {
    expect(parseCommand(typed)).toEqual(command);
  });

  test.each([
    ['show', usages.show],
    ['claim ', usages.claim],
    ['find', usages.find],
    ['note', usages.note],
    ['note 7', usages.note],
  ])('%j is told how it is written', (typed, usage) => {
    expect(parseCommand(typed)).toEqual({ kind: 'unfinished', usage });
  });

  test.each(['shwo 7', 'constructor', '__proto__', '你好'])('%j is not known', (typed) => {
    expect(parseCommand(typed)).toMatchObject({ kind: 'unknown' });
  });

  test('anything typed is one of these', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (typed) => {
        expect(parseCommand(typed).kind).toBeTruthy();
      }),
      { seed: 3, numRuns: 100 },
    );
  });
});
