/** Choices the customer leaves standing are a question without an answer, kept once. */
import type { Effect, Hit, State } from '../../dialogs/vocabulary';
import { given, inPhase } from '../support/given';

const hit = (article: string): Hit => ({ article, title: article, answer: `答案 ${article}`, score: 0.4, department: '客服部' });
const minute = 60_000;
const clarifying = (more: object = {}): State =>
  inPhase({ phase: 'clarifying', question: '卡怎么弄', hits: [hit('card-lost'), hit('card-no-response')], ...more });
const gapsOf = (effects: readonly Effect[]) => effects.filter(({ kind }) => kind === 'recordGap');
const gap = { kind: 'recordGap', question: '卡怎么弄', reason: 'left-choice', offered: ['card-lost', 'card-no-response'] };
const silence = { kind: 'timerFired', timer: 'choiceAbandoned', numbers: [], desk: { open: true, ahead: 0 } } as const;

describe('articles were offered', () => {
  test.each(['我要报修', '那短信收不到怎么办', '转人工'])(
    'and the customer went on with 「%s」: the question is kept with what was offered',
    (text) => {
      expect(gapsOf(given(clarifying()).whenSaid(text).turn.effects)).toContainEqual(gap);
    },
  );

  test('and one was picked: nothing is missing', () => {
    const { turn } = given(clarifying()).whenChosen('article:card-lost');
    expect([turn.state.phase, gapsOf(turn.effects)]).toEqual(['answering', []]);
  });

  test('and refused: it is kept as refused, and only so', () => {
    expect(gapsOf(given(clarifying()).whenSaid('都不是').turn.effects)).toMatchObject([{ reason: 'refused-choice' }]);
  });

  test('and a nod shows them again', () => {
    const { turn } = given(clarifying()).whenSaid('是的');
    expect([turn.state.phase, gapsOf(turn.effects)]).toEqual(['clarifying', []]);
  });

  test('and silence followed: it is kept then, the choices stay, and going on later keeps it no second time', () => {
    const fired = given(clarifying())
      .after(30 * minute)
      .when(silence);
    expect([fired.turn.state.phase, gapsOf(fired.turn.effects)]).toEqual(['clarifying', [gap]]);
    expect(gapsOf(given(fired.turn.state).whenSaid('我要报修').turn.effects)).toEqual([]);
    expect(gapsOf(given(fired.turn.state).when(silence).turn.effects)).toEqual([]);
  });

  test('and the clock rang although the customer had just spoken: nothing is kept yet', () => {
    expect(given(clarifying()).when(silence).turn.effects).toEqual([]);
  });
});
