/** One person on two channels: proved by a code sent where they are known, merged, and taken back exactly. */
import { createHash } from 'node:crypto';
import { addressOf } from '../../src/conversation/ids';
import { createPeople, type People } from '../../src/people/people';
import { LIFE_MS, TRIES } from '../../src/people/proof';
import { createEmbeddedStore } from '../../src/store/embedded';
import type { Store } from '../../src/store/store';

const [MOTHER, FATHER, VISITOR, OTHER] = ['wechat-official:school:mother', 'webhook:sms:father', 'web:default:v1', 'webhook:sms:other'];
const SECRET = 'the secret of a test house';
const NUMBER = '13800138000';

let store: Store;
let people: People;
let now: number;
const known = (conversation: string, at: number, number = NUMBER) =>
  store.customers.insert({
    _id: conversation,
    slots: { phone: { raw: number, value: number } },
    createdAt: new Date(at),
    updatedAt: new Date(at),
  });
const peopleOf = (): People => createPeople(store, { reachable: (channel) => channel !== 'email', secret: SECRET, now: () => now });

beforeEach(async () => {
  store = await createEmbeddedStore({ memory: true });
  now = Date.UTC(2026, 10, 18, 2);
  people = peopleOf();
});
afterEach(() => store.close());

const persons = async () => Object.fromEntries((await store.customers.find({})).map(({ _id, person }) => [_id, person]));
const others = async (conversation: string) => (await peopleOf().persons.others(conversation)).map(({ _id }) => _id).sort();

describe('a code', () => {
  beforeEach(async () => {
    await known(MOTHER, now - 1_000);
    await known(VISITOR, now);
  });
  const issued = async (id = 'e1:0', conversation = VISITOR) => {
    const code = await people.proofs.issue(id, conversation, NUMBER);
    if (!code) throw new Error('no code was issued');
    return code;
  };
  const wrong = (code: string): string => (code === '000000' ? '000001' : '000000');

  test('cannot be found by whoever reads the store without the secret of the house', async () => {
    const { code } = await issued();
    const [proof] = await store.proofs.find({});
    const plain = createHash('sha256').update(`${VISITOR}\n${code}`).digest('base64url');
    expect(proof?.code).not.toBe(plain);
    // A house with another secret, and one that kept the plain hash, take no code for right.
    const other = createPeople(store, { reachable: () => true, secret: 'another secret', now: () => now });
    expect(await other.proofs.judge(VISITOR, code, 1)).toEqual({ kind: 'wrong', left: TRIES - 1 });
    await store.proofs.change({ _id: VISITOR }, { $set: { code: plain } });
    expect(await people.proofs.judge(VISITOR, code, 2)).toEqual({ kind: 'wrong', left: TRIES - 2 });
  });

  test('is six digits, goes to where the number was known, and is kept as a hash alone', async () => {
    const { to, code } = await issued();
    expect([to, code]).toEqual([MOTHER, expect.stringMatching(/^\d{6}$/)]);
    expect(JSON.stringify(await store.proofs.find({}))).not.toContain(code);
    expect(await people.proofs.issue('e1:0', VISITOR, NUMBER)).toBeNull();
  });

  test('typed right proves it, once; the same message looked at twice is the same answer', async () => {
    const { code } = await issued();
    const right = { kind: 'right', id: 'e1:0', to: MOTHER };
    expect([await people.proofs.judge(VISITOR, code, 5), await people.proofs.judge(VISITOR, code, 5)]).toEqual([right, right]);
    expect(await people.proofs.judge(VISITOR, code, 6)).toEqual({ kind: 'over' });
  });

  test('is of no use to anybody else, nor ten minutes later, nor after five wrong ones', async () => {
    const { code } = await issued();
    expect(await people.proofs.judge(OTHER, code, 1)).toEqual({ kind: 'over' });
    for (let n = 1; n < TRIES; n += 1)
      expect(await people.proofs.judge(VISITOR, wrong(code), n)).toEqual({ kind: 'wrong', left: TRIES - n });
    expect(await people.proofs.judge(VISITOR, wrong(code), TRIES)).toEqual({ kind: 'over' });
    expect(await people.proofs.judge(VISITOR, code, TRIES + 1)).toEqual({ kind: 'over' });
    const second = await issued('e2:0');
    now += LIFE_MS;
    expect(await people.proofs.judge(VISITOR, second.code, 99)).toEqual({ kind: 'over' });
  });

  test('guesses at the same moment are each counted', async () => {
    const { code } = await issued();
    const verdicts = await Promise.all(Array.from({ length: 30 }, (_, n) => people.proofs.judge(VISITOR, wrong(code), n)));
    expect(verdicts.filter(({ kind }) => kind === 'wrong').length).toBeLessThan(TRIES);
    expect(await people.proofs.judge(VISITOR, code, 100)).toEqual({ kind: 'over' });
  });

  test('is asked for three times a day and not more, and nobody is sent more than three', async () => {
    for (const id of ['e1:0', 'e2:0', 'e3:0']) await issued(id);
    expect(await people.proofs.issue('e4:0', VISITOR, NUMBER)).toBeNull();
    // Whoever else gives the number cannot have more sent to the same person either.
    expect(await people.proofs.issue('g:0', 'web:default:v4', NUMBER)).toBeNull();
    now += 25 * 60 * 60_000;
    await issued('e5:0');
  });

  test('is sent to nobody more often by many who ask at once, nor by who asks for somebody else in between', async () => {
    const visitors = Array.from({ length: 20 }, (_, n) => `web:default:n${n}`);
    const at = await Promise.all(visitors.map((visitor) => people.proofs.issue(`at:${visitor}`, visitor, NUMBER)));
    expect(at.filter((one) => one !== null)).toHaveLength(3);
    now += 25 * 60 * 60_000;
    await known(OTHER, now, '13700137000');
    let sent = 0;
    for (const visitor of visitors) {
      if (await people.proofs.issue(`mother:${visitor}`, visitor, NUMBER)) sent += 1;
      await people.proofs.issue(`other:${visitor}`, visitor, '13700137000');
    }
    expect(sent).toBe(3);
  });

  test('goes nowhere when the number is a stranger’s, or known only where no message of ours arrives by itself', async () => {
    for (const silent of ['web:default:v9', 'phone:main:13700137000', 'terminal:local:me', 'email:help:me'])
      await known(silent, now, '13700137000');
    expect(await people.proofs.known(VISITOR, '13700137000')).toBe(false);
    expect(await people.proofs.issue('e1:0', VISITOR, '13900139000')).toBeNull();
    expect(await people.proofs.known(VISITOR, NUMBER)).toBe(true);
  });

  test('of a family under one number proves to be the one who got it, and nobody else', async () => {
    await known(FATHER, now + 1);
    const { to, code } = await issued();
    expect(to).toBe(FATHER);
    expect(await people.prove(VISITOR, code, 1)).toMatchObject({ kind: 'right' });
    expect([await others(VISITOR), await others(MOTHER)]).toEqual([[FATHER], []]);
    expect(await people.proofs.known(VISITOR, NUMBER)).toBe(true);
  });

  test('typed right makes the two one person’s before it is answered; looked at again after a crash it is the same merge', async () => {
    const { code } = await issued();
    const right = { kind: 'right', merge: 'e1:0' };
    expect(await people.prove(VISITOR, code, 5)).toEqual(right);
    expect(await others(VISITOR)).toEqual([MOTHER]);
    // As a kill leaves it that comes when one of the two stands under the merge and the other does not.
    await store.customers.change({ _id: VISITOR }, { $unset: { person: '' } });
    await store.merges.change({ _id: 'e1:0' }, { $set: { open: true } });
    expect(await people.prove(VISITOR, code, 5)).toEqual(right);
    expect([await others(VISITOR), await store.merges.count({})]).toEqual([[MOTHER], 1]);
  });
});

describe('merging', () => {
  const by = { how: 'agent', agent: 'li', agentName: '李老师', inCommon: 'phone' } as const;
  const li = { agent: 'li', agentName: '李老师' };

  test('makes two conversations one person’s, and whatever was merged with either before', async () => {
    await known(MOTHER, now);
    await people.persons.merge('m1', VISITOR, MOTHER, by);
    await people.persons.merge('m2', OTHER, FATHER, by);
    expect(await others(VISITOR)).toEqual([MOTHER]);
    await people.persons.merge('m3', VISITOR, FATHER, by);
    expect(await others(VISITOR)).toEqual([FATHER, MOTHER, OTHER].sort());
    expect(await people.persons.merge('m4', MOTHER, OTHER, by)).toEqual({ kind: 'same' });
    expect((await store.merges.get('m1'))?.by).toEqual(by);
  });

  test('taken back restores exactly what was, later merges first', async () => {
    await people.persons.merge('m1', VISITOR, MOTHER, by);
    await people.persons.merge('m2', OTHER, FATHER, by);
    const before = await persons();
    await people.persons.merge('m3', VISITOR, FATHER, by);
    expect(await people.persons.undo('m1', li)).toBe('later-first');
    expect(await people.persons.undo('m3', li)).toBe('undone');
    expect(await persons()).toEqual(before);
    expect([await people.persons.undo('m3', li), await persons()]).toEqual(['undone', before]);
    expect(await people.persons.undo('m1', li)).toBe('undone');
    expect([await others(VISITOR), await others(OTHER)]).toEqual([[], [FATHER]]);
    expect(await people.persons.undo('none', li)).toBe('unknown');
  });

  test('of two who merge the same people at once one has it, whichever way round, and nothing is left of the other', async () => {
    for (let n = 0; n < 20; n += 1) {
      const [a, b, c] = [`webhook:sms:a${n}`, `webhook:sms:b${n}`, `webhook:sms:c${n}`];
      const [one, two] = await Promise.all([
        people.persons.merge(`x${n}`, a, b, by),
        peopleOf().persons.merge(`y${n}`, n % 2 ? c : b, n % 2 ? b : a, by),
      ]);
      expect([one.kind, two.kind].filter((kind) => kind === 'merged')).toHaveLength(1);
      const won = one.kind === 'merged' ? `x${n}` : `y${n}`;
      expect((await store.merges.find({ _id: { $in: [`x${n}`, `y${n}`] } })).map(({ _id, open }) => [_id, open])).toEqual([
        [won, undefined],
      ]);
      expect(await people.persons.undo(won, li)).toBe('undone');
      expect([await others(a), await others(b), await others(c)]).toEqual([[], [], []]);
    }
  });

  test('taken back while somebody merges further: one of the two holds, whole', async () => {
    for (let n = 0; n < 20; n += 1) {
      const [a, b, c] = [`webhook:sms:a${n}`, `webhook:sms:b${n}`, `webhook:sms:c${n}`];
      await people.persons.merge(`x${n}`, a, b, by);
      const [undone, further] = await Promise.all([
        people.persons.undo(`x${n}`, li),
        n % 2 ? peopleOf().persons.merge(`y${n}`, b, c, by) : peopleOf().persons.merge(`y${n}`, c, a, by),
      ]);
      const all = [await others(a), await others(b), await others(c)].map((list) => list.length);
      if (undone === 'later-first') expect([further.kind, ...all]).toEqual(['merged', 2, 2, 2]);
      else expect([undone, all.reduce((sum, size) => sum + size)]).toEqual(['undone', further.kind === 'merged' ? 2 : 0]);
      if (further.kind === 'merged') expect(await people.persons.undo(`y${n}`, li)).toBe('undone');
      if (undone === 'later-first') expect(await people.persons.undo(`x${n}`, li)).toBe('undone');
      expect([await others(a), await others(b), await others(c)]).toEqual([[], [], []]);
    }
  });

  test('tried again after a crash is the same merge, and one that was taken back is not done again', async () => {
    await people.persons.merge('m1', VISITOR, MOTHER, by);
    await store.customers.change({ _id: VISITOR }, { $unset: { person: '' } });
    await store.merges.change({ _id: 'm1' }, { $set: { open: true } });
    await people.persons.merge('m1', VISITOR, MOTHER, by);
    expect(await others(VISITOR)).toEqual([MOTHER]);
    await people.persons.undo('m1', li);
    await people.persons.merge('m1', VISITOR, MOTHER, by);
    expect(await others(VISITOR)).toEqual([]);
    expect(addressOf(MOTHER).channel).toBe('wechat-official');
  });
});
