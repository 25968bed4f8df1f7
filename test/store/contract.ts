/** What every store must do, whichever adapter is behind it. */
import type { Filter, Update } from '../../src/store/collection';
import type { SettingsDoc } from '../../src/store/documents';
import type { Store } from '../../src/store/store';
import { conversation, due, message, stepped, ticket } from './documents';

/** `open` makes an empty store and the function that ends it. */
export function storeContract(name: string, open: () => Promise<{ store: Store; close: () => Promise<void> }>): void {
  describe(`a store: ${name}`, () => {
    let store: Store;
    let close: () => Promise<void> = async () => undefined;

    beforeAll(async () => {
      ({ store, close } = await open());
    });
    afterAll(() => close());
    beforeEach(async () => {
      await Promise.all([store.conversations, store.messages, store.tickets, store.settings, store.counters].map((c) => c.remove({})));
    });

    const setting = (id: string, value: Record<string, unknown>): SettingsDoc => ({ _id: id, value, updatedAt: new Date(0) });
    const ids = async (filter: Filter): Promise<string[]> =>
      (await store.settings.find(filter, { sort: { _id: 1 } })).map((doc) => doc._id);

    describe('keeping documents', () => {
      test('gives back what was stored: dates stay dates, null stays null, undefined vanishes', async () => {
        const value = {
          when: new Date('2026-01-01T00:00:00.123Z'),
          list: [{ at: new Date(5), none: null }, 'x', 1.5, true],
          deep: { empty: {}, nothing: [], gone: undefined, kept: null },
        };
        await store.settings.insert(setting('a', value));
        const found = await store.settings.get('a');
        expect(found).toEqual({
          _id: 'a',
          value: { when: value.when, list: value.list, deep: { empty: {}, nothing: [], kept: null } },
          updatedAt: new Date(0),
        });
        expect(JSON.stringify(found?.value.deep)).toBe('{"empty":{},"nothing":[],"kept":null}');
      });

      test('fills in what the schema gives by default, and nothing else', async () => {
        await store.schools.insert({ _id: 's1', name: '实验小学' } as never);
        expect(await store.schools.get('s1')).toEqual({ _id: 's1', name: '实验小学', aliases: [] });
        await store.schools.remove({});
      });

      test('is not changed by what callers do to their own copies', async () => {
        const mine = conversation('c1', { seen: [stepped('e1')] });
        await store.conversations.insert(mine);
        mine.seen.push(stepped('mine'));
        const read = await store.conversations.get('c1');
        read?.seen.push(stepped('read'));
        read?.createdAt.setFullYear(1999);
        const items = [stepped('e2')];
        const updated = await store.conversations.update({ _id: 'c1' }, { $push: { seen: { $each: items } } });
        items.push(stepped('later'));
        updated?.seen.push(stepped('updated'));
        expect(await store.conversations.get('c1')).toEqual(conversation('c1', { seen: [stepped('e1'), stepped('e2')] }));
      });

      test('knows nothing of an id it does not have', async () => {
        expect(await store.tickets.get('nobody')).toBeNull();
      });

      test('refuses a document that does not fit its schema, and keeps none of it', async () => {
        const { version: _, ...incomplete } = conversation('c1');
        await expect(store.conversations.insert(incomplete as never)).rejects.toMatchObject({ code: 'invalid', retryable: false });
        await expect(store.conversations.insert({ ...conversation('c1'), colour: 'red' } as never)).rejects.toMatchObject({
          code: 'invalid',
        });
        await expect(store.conversations.insert({ ...conversation('c1'), version: 'many' } as never)).rejects.toMatchObject({
          code: 'invalid',
        });
        await expect(store.settings.insert(setting('s', { 'a.b': 1 }))).rejects.toMatchObject({ code: 'unsupported' });
        await expect(store.settings.insert(setting('s', { $a: 1 }))).rejects.toMatchObject({ code: 'unsupported' });
        await expect(store.settings.insert(setting('s', { a: Number.NaN }))).rejects.toMatchObject({ code: 'unsupported' });
        expect(await store.conversations.count({})).toBe(0);
        expect(await store.settings.count({})).toBe(0);
      });
    });

    describe('unique keys', () => {
      test('a second document under the same id is answered with the first', async () => {
        expect(await store.messages.insert(message('m1'))).toEqual({ inserted: true });
        expect(await store.messages.insert(message('m1', { hash: 'other' }))).toEqual({ inserted: false, existing: message('m1') });
        expect(await store.messages.count({})).toBe(1);
      });

      test('opening a ticket twice under one key opens one', async () => {
        await store.tickets.insert(ticket('T-1', { key: 'e:0' }));
        const again = await store.tickets.insert(ticket('T-2', { key: 'e:0' }));
        expect(again).toEqual({ inserted: false, existing: ticket('T-1', { key: 'e:0' }) });
        expect(await store.tickets.get('T-2')).toBeNull();
      });

      test('an update may not take a key somebody else has', async () => {
        await store.tickets.insertMany([ticket('T-1'), ticket('T-2')]);
        await expect(store.tickets.update({ _id: 'T-2' }, { $set: { key: 'effect-of-T-1' } })).rejects.toMatchObject({
          code: 'duplicate',
          retryable: false,
        });
        expect(await store.tickets.get('T-2')).toEqual(ticket('T-2'));
      });

      test('of many at once those already there are left alone and the others counted', async () => {
        await store.messages.insert(message('m2', { hash: 'first' }));
        expect(await store.messages.insertMany([message('m1'), message('m2'), message('m3'), message('m3')])).toBe(2);
        expect(await store.messages.insertMany([])).toBe(0);
        expect((await store.messages.get('m2'))?.hash).toBe('first');
        expect(await store.messages.count({})).toBe(3);
      });

      test('a key given free may be taken again', async () => {
        await store.tickets.insert(ticket('T-1', { key: 'e:0' }));
        expect(await store.tickets.remove({ _id: 'T-1' })).toBe(1);
        expect(await store.tickets.insert(ticket('T-2', { key: 'e:0' }))).toEqual({ inserted: true });
      });
    });

    describe('races', () => {
      test('of 100 writers on one version exactly one wins, ten rounds long', async () => {
        await store.conversations.insert(conversation('c1'));
        for (let version = 0; version < 10; version++) {
          const writers = Array.from({ length: 100 }, (_, writer) =>
            store.conversations.update({ _id: 'c1', version }, { $inc: { version: 1 }, $push: { seen: stepped(`${version}-${writer}`) } }),
          );
          const won = (await Promise.all(writers)).filter((doc) => doc !== null);
          expect(won).toHaveLength(1);
          expect(won[0]?.version).toBe(version + 1);
        }
        const end = await store.conversations.get('c1');
        expect(end?.version).toBe(10);
        expect(end?.seen.map((entry) => entry.id.split('-')[0])).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
      });

      test('100 racing counters lose no step, from the first upsert on', async () => {
        const step = () => store.counters.update({ _id: '2026-03-02' }, { $inc: { value: 1 } }, { upsert: true });
        const values = (await Promise.all(Array.from({ length: 100 }, step))).map((doc) => doc?.value ?? -1);
        expect([...values].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
        expect(await store.counters.count({})).toBe(1);
      });

      test('50 racing inserts of one id: one is new, the others see it', async () => {
        const results = await Promise.all(Array.from({ length: 50 }, (_, i) => store.messages.insert(message('m1', { hash: `h${i}` }))));
        expect(results.filter((result) => result.inserted)).toHaveLength(1);
        const stored = await store.messages.get('m1');
        for (const result of results) if (!result.inserted) expect(result.existing).toEqual(stored);
      });

      test('workers claiming the earliest timers each get another one', async () => {
        await store.conversations.insertMany(Array.from({ length: 20 }, (_, i) => due(`t${i}`, 100 - i)));
        const claim = (owner: string) =>
          store.conversations.update(
            { wakeAt: { $lte: 95 }, lease: null },
            { $set: { lease: { owner, until: 1 } } },
            { sort: { wakeAt: 1 } },
          );
        const claimed = await Promise.all(Array.from({ length: 20 }, (_, i) => claim(`w${i}`)));
        expect(claimed.flatMap((doc) => doc?._id ?? []).sort()).toEqual(Array.from({ length: 15 }, (_, i) => `t${i + 5}`).sort());
      });
    });

    describe('updating', () => {
      const after = async (value: Record<string, unknown>, update: Update): Promise<unknown> => {
        await store.settings.insert(setting('a', value));
        const updated = await store.settings.update({ _id: 'a' }, update);
        expect(await store.settings.get('a')).toEqual(updated);
        return updated?.value;
      };

      test.each<[string, Record<string, unknown>, Update, unknown]>([
        [
          '$set',
          { a: 1, b: { c: 1 } },
          { $set: { 'value.b.c': 2, 'value.d.e': [1], 'value.f': null } },
          { a: 1, b: { c: 2 }, d: { e: [1] }, f: null },
        ],
        ['$set of an element', { l: [{ n: 1 }, { n: 2 }] }, { $set: { 'value.l.1.n': 9 } }, { l: [{ n: 1 }, { n: 9 }] }],
        ['$set past the end', { l: [1] }, { $set: { 'value.l.3': 4 } }, { l: [1, null, null, 4] }],
        ['$set of undefined leaves it', { a: 1, b: 1 }, { $set: { 'value.a': undefined, 'value.b': 2 } }, { a: 1, b: 2 }],
        ['$unset', { a: 1, b: { c: 1, d: 1 } }, { $unset: { 'value.a': '', 'value.b.c': '', 'value.x.y': '' } }, { b: { d: 1 } }],
        ['$unset of an element', { l: [1, 2] }, { $unset: { 'value.l.0': '' } }, { l: [null, 2] }],
        ['$inc', { a: 1 }, { $inc: { 'value.a': -3, 'value.b': 2 } }, { a: -2, b: 2 }],
        ['$push', { l: [1] }, { $push: { 'value.l': 2, 'value.m': { a: 1 } } }, { l: [1, 2], m: [{ a: 1 }] }],
        ['$push a list', { l: [1] }, { $push: { 'value.l': [2, 3] } }, { l: [1, [2, 3]] }],
        ['$push $each', { l: [1] }, { $push: { 'value.l': { $each: [2, 3] } } }, { l: [1, 2, 3] }],
        ['$push $slice keeps the last', { l: [1, 2] }, { $push: { 'value.l': { $each: [3, 4], $slice: -3 } } }, { l: [2, 3, 4] }],
        ['$push $slice keeps the first', { l: [1, 2] }, { $push: { 'value.l': { $each: [3, 4], $slice: 3 } } }, { l: [1, 2, 3] }],
        ['$push $slice 0', { l: [1, 2] }, { $push: { 'value.l': { $each: [3], $slice: 0 } } }, { l: [] }],
        ['$push $slice on nothing', {}, { $push: { 'value.l': { $each: [1, 2, 3], $slice: -2 } } }, { l: [2, 3] }],
        ['$pull a value', { l: [1, 2, 1] }, { $pull: { 'value.l': 1 } }, { l: [2] }],
        ['$pull by condition', { l: [1, 5, 9] }, { $pull: { 'value.l': { $gte: 5 } } }, { l: [1] }],
        ['$pull several', { l: ['a', 'b', 'c'] }, { $pull: { 'value.l': { $in: ['a', 'c'] } } }, { l: ['b'] }],
        ['$pull objects', { l: [{ id: 'a', n: 1 }, { id: 'b' }, 'a'] }, { $pull: { 'value.l': { id: 'a' } } }, { l: [{ id: 'b' }, 'a'] }],
        ['$pull from nothing', { a: 1 }, { $pull: { 'value.l': 1 } }, { a: 1 }],
        ['$addToSet', { l: [{ a: 1 }] }, { $addToSet: { 'value.l': { a: 1 }, 'value.m': 'x' } }, { l: [{ a: 1 }], m: ['x'] }],
        ['$addToSet $each', { l: [1] }, { $addToSet: { 'value.l': { $each: [1, 2, 2] } } }, { l: [1, 2] }],
        ['$min', { a: 5, b: 5 }, { $min: { 'value.a': 3, 'value.b': 8, 'value.c': 1 } }, { a: 3, b: 5, c: 1 }],
        ['$max', { a: 5, b: 5 }, { $max: { 'value.a': 3, 'value.b': 8, 'value.c': 1 } }, { a: 5, b: 8, c: 1 }],
        ['$max of dates', { d: new Date(5) }, { $max: { 'value.d': new Date(9) } }, { d: new Date(9) }],
        ['$setOnInsert of what is there', { a: 1 }, { $set: { 'value.b': 1 }, $setOnInsert: { 'value.a': 7 } }, { a: 1, b: 1 }],
      ])('%s', async (_, value, update, expected) => {
        expect(await after(value, update)).toEqual(expected);
      });

      test('several operators change one document in one step', async () => {
        await store.conversations.insert(
          conversation('c1', {
            seen: [stepped('a'), stepped('b')],
            outbox: [{ id: 'o', effect: { kind: 'cancelWake', timer: 'formAbandoned' }, at: 5, attempts: 0, notBefore: 0 }],
          }),
        );
        const updated = await store.conversations.update(
          { _id: 'c1', version: 0 },
          {
            $set: { outboxAt: 5, 'holder.kind': 'queue' },
            $inc: { version: 1 },
            $push: { seen: { $each: [stepped('c')], $slice: -2 } },
            $pull: { outbox: { id: 'o' } },
          },
        );
        expect(updated).toEqual(
          conversation('c1', {
            seen: [stepped('b'), stepped('c')],
            outboxAt: 5,
            version: 1,
            holder: { kind: 'queue', reason: 'start', since: 0 },
          }),
        );
      });

      test('nothing matches: null, and nothing changes', async () => {
        await store.conversations.insert(conversation('c1'));
        expect(await store.conversations.update({ _id: 'c1', version: 7 }, { $inc: { version: 1 } })).toBeNull();
        expect(await store.conversations.get('c1')).toEqual(conversation('c1'));
      });

      test('what does not fit the document is refused and changes nothing', async () => {
        await store.settings.insert(setting('a', { text: 'x', none: null, list: [] }));
        const misfits: Update[] = [
          { $inc: { 'value.text': 1 } },
          { $push: { 'value.text': 1 } },
          { $addToSet: { 'value.text': 1 } },
          { $set: { 'value.none.deep': 1 } },
          { $set: { 'value.list.deep': 1 } },
        ];
        for (const update of misfits) {
          await expect(store.settings.update({ _id: 'a' }, { $set: { updatedAt: new Date(9) }, ...update })).rejects.toMatchObject({
            name: 'StoreError',
            code: 'misfit',
          });
        }
        expect(await store.settings.get('a')).toEqual(setting('a', { text: 'x', none: null, list: [] }));
      });

      test('an upsert creates the document out of filter, update and defaults, and updates it the next time', async () => {
        const upsert = (n: number) =>
          store.customers.update(
            { _id: 'cu1', role: 'parent' },
            { $set: { updatedAt: new Date(n), 'slots.name': { raw: '小明', value: '王小明' } }, $setOnInsert: { createdAt: new Date(n) } },
            { upsert: true },
          );
        expect(await upsert(1)).toEqual({
          _id: 'cu1',
          role: 'parent',
          slots: { name: { raw: '小明', value: '王小明' } },
          createdAt: new Date(1),
          updatedAt: new Date(1),
        });
        expect((await upsert(2))?.createdAt).toEqual(new Date(1));
        expect(await store.customers.remove({})).toBe(1);
        const defaults = await store.counters.update({ _id: 'n' }, { $setOnInsert: { value: 4 } }, { upsert: true });
        expect(defaults).toEqual({ _id: 'n', value: 4 });
      });

      test('an upsert whose id is held under other terms yields null', async () => {
        await store.counters.insert({ _id: 'n', value: 1 });
        expect(await store.counters.update({ _id: 'n', value: 99 }, { $inc: { value: 1 } }, { upsert: true })).toBeNull();
        expect(await store.counters.get('n')).toEqual({ _id: 'n', value: 1 });
      });

      test('change says whether one matched, and changes that one alone', async () => {
        await store.conversations.insertMany([conversation('c1'), conversation('c2')]);
        expect(await store.conversations.change({ locale: 'zh' }, { $inc: { version: 1 } })).toBe(true);
        expect(await store.conversations.count({ version: 1 })).toBe(1);
        expect(await store.conversations.change({ _id: 'c1', version: 7 }, { $inc: { version: 1 } })).toBe(false);
      });

      test('updateMany changes all that match and says how many', async () => {
        await store.conversations.insertMany([due('a', 1), due('b', 2), due('c', 3)]);
        expect(await store.conversations.updateMany({ wakeAt: { $lte: 2 } }, { $set: { lease: { owner: 'w', until: 9 } } })).toBe(2);
        expect(await store.conversations.updateMany({ wakeAt: { $lte: 2 } }, { $set: { lease: { owner: 'w', until: 9 } } })).toBe(2);
        expect(await store.conversations.count({ 'lease.owner': 'w' })).toBe(2);
      });

      test('remove removes all that match and says how many', async () => {
        await store.conversations.insertMany([due('a', 1), due('b', 2), due('c', 3)]);
        expect(await store.conversations.remove({ wakeAt: { $gt: 1 } })).toBe(2);
        expect(await store.conversations.remove({ wakeAt: { $gt: 1 } })).toBe(0);
        expect(await store.conversations.find({})).toEqual([due('a', 1)]);
      });
    });

    describe('finding', () => {
      test.each<[string, Filter, string[]]>([
        ['equality', { 'value.n': 1 }, ['a']],
        ['equality of text', { 'value.t': 'beta' }, ['b']],
        ['null finds null and missing', { 'value.t': null }, ['c', 'd']],
        ['equality with an element', { 'value.l': 2 }, ['a', 'b']],
        ['equality with a whole list', { 'value.l': [2, 3] }, ['b']],
        ['equality with an object', { 'value.o': { x: 1, y: 2 } }, ['a']],
        ['a path through a list', { 'value.e.id': 'e2' }, ['a', 'b']],
        ['a path with an index', { 'value.e.0.id': 'e2' }, ['b']],
        ['a date', { 'value.d': new Date(1000) }, ['a']],
        ['$eq', { 'value.n': { $eq: 2 } }, ['b']],
        ['$ne', { 'value.n': { $ne: 1 } }, ['b', 'c', 'd']],
        ['$ne of an element', { 'value.l': { $ne: 2 } }, ['c', 'd']],
        ['$ne null', { 'value.t': { $ne: null } }, ['a', 'b']],
        ['$gt', { 'value.n': { $gt: 1 } }, ['b', 'c']],
        ['$gte', { 'value.n': { $gte: 2 } }, ['b', 'c']],
        ['$lt compares like with like', { 'value.n': { $lt: 3 } }, ['a', 'b']],
        ['$lte', { 'value.n': { $lte: 2 } }, ['a', 'b']],
        ['a range', { 'value.n': { $gt: 1, $lt: 3 } }, ['b']],
        ['a range of dates', { 'value.d': { $gt: new Date(1000) } }, ['b']],
        ['a range of text', { 'value.t': { $gte: 'b' } }, ['b']],
        ['$in', { 'value.n': { $in: [1, 3, 'x'] } }, ['a', 'c']],
        ['$in with null', { 'value.t': { $in: ['alpha', null] } }, ['a', 'c', 'd']],
        ['$in on a list', { 'value.l': { $in: [1, 3] } }, ['a', 'b']],
        ['$nin', { 'value.n': { $nin: [1, 3] } }, ['b', 'd']],
        ['$exists', { 'value.t': { $exists: true } }, ['a', 'b', 'c']],
        ['$exists false', { 'value.t': { $exists: false } }, ['d']],
        ['$or', { $or: [{ 'value.n': 1 }, { 'value.t': 'beta' }] }, ['a', 'b']],
        ['$and', { $and: [{ 'value.n': { $gt: 0 } }, { 'value.n': { $lt: 2 } }] }, ['a']],
        ['$not', { 'value.n': { $not: { $gt: 1 } } }, ['a', 'd']],
        ['$not with a pattern', { 'value.t': { $not: /^a/ } }, ['b', 'c', 'd']],
        ['$regex', { 'value.t': { $regex: 'et' } }, ['b']],
        ['a pattern', { 'value.t': /^ALP/i }, ['a']],
        ['$elemMatch', { 'value.e': { $elemMatch: { id: 'e1', n: { $gte: 5 } } } }, ['a']],
        ['$elemMatch on values', { 'value.l': { $elemMatch: { $gt: 1, $lt: 3 } } }, ['a', 'b']],
        ['$size', { 'value.l': { $size: 2 } }, ['a', 'b']],
        ['$size 0', { 'value.l': { $size: 0 } }, ['c']],
        ['ids', { _id: { $in: ['a', 'd', 'z'] } }, ['a', 'd']],
        ['ids or another condition', { $or: [{ _id: 'd' }, { 'value.n': 1 }, { _id: { $in: ['a'] } }] }, ['a', 'd']],
        ['a field of the document itself', { updatedAt: { $gte: new Date(0) }, _id: 'a' }, ['a']],
        ['everything', {}, ['a', 'b', 'c', 'd']],
      ])('%s', async (_, filter, expected) => {
        await store.settings.insertMany([
          setting('a', {
            n: 1,
            t: 'alpha',
            l: [1, 2],
            o: { x: 1, y: 2 },
            e: [
              { id: 'e1', n: 5 },
              { id: 'e2', n: 1 },
            ],
            d: new Date(1000),
          }),
          setting('b', {
            n: 2,
            t: 'beta',
            l: [2, 3],
            o: { x: 1, y: 3 },
            e: [
              { id: 'e2', n: 9 },
              { id: 'e1', n: 2 },
            ],
            d: new Date(2000),
          }),
          setting('c', { n: 3, t: null, l: [] }),
          setting('d', { n: 'many' }),
        ]);
        expect(await ids(filter)).toEqual(expected);
        expect(await store.settings.count(filter)).toBe(expected.length);
      });

      test('indexed fields find the same after every change', async () => {
        await store.conversations.insertMany([due('a', 1, 'queue'), due('b', 2, 'queue'), due('c', 3, 'agent')]);
        await store.conversations.update({ _id: 'a' }, { $set: { 'holder.kind': 'agent', wakeAt: 9 } });
        await store.conversations.remove({ _id: 'c' });
        const found = async (filter: Filter) => (await store.conversations.find(filter)).map((doc) => doc._id);
        expect(await found({ 'holder.kind': 'queue' })).toEqual(['b']);
        expect(await found({ 'holder.kind': { $in: ['agent', 'nobody'] } })).toEqual(['a']);
        expect(await found({ wakeAt: { $lte: 3 } })).toEqual(['b']);
        expect(await found({ wakeAt: { $gt: 3 }, 'holder.kind': 'agent' })).toEqual(['a']);
      });

      test('tickets are found by number or by name, as for a merge, after every change', async () => {
        const slot = (value: string) => ({ raw: value, value });
        const of = (id: string, phone: string, name: string) => ticket(id, { slots: { phone: slot(phone), name: slot(name) } });
        await store.tickets.insertMany([of('T-1', '1', '王小明'), of('T-2', '2', '李小红'), of('T-3', '3', '王小明')]);
        const found = async () => {
          const ways = [{ 'slots.phone.value': { $in: ['2', '4'] } }, { 'slots.name.value': '王小明', channel: 'web' }];
          return (await store.tickets.find({ $or: ways }, { sort: { _id: 1 } })).map((doc) => doc._id);
        };
        expect(await found()).toEqual(['T-1', 'T-2', 'T-3']);
        await store.tickets.update({ _id: 'T-1' }, { $set: { 'slots.name.value': '王大明' } });
        await store.tickets.remove({ _id: 'T-2' });
        expect(await found()).toEqual(['T-3']);
        await store.tickets.update({ _id: 'T-1' }, { $set: { 'slots.phone.value': '4' } });
        expect(await found()).toEqual(['T-1', 'T-3']);
      });

      test('sorts by several fields, missing first, and gives pages', async () => {
        await store.settings.insertMany([
          setting('a', { g: 2, n: 1 }),
          setting('b', { g: 1, n: 2 }),
          setting('c', { g: 1, n: 3 }),
          setting('d', { n: 4 }),
          setting('e', { g: 'text', n: 5 }),
        ]);
        const sorted = async (page: object) => (await store.settings.find({}, page)).map((doc) => doc._id);
        const sort = { 'value.g': 1, 'value.n': -1 };
        expect(await sorted({ sort })).toEqual(['d', 'c', 'b', 'a', 'e']);
        expect(await sorted({ sort: { 'value.n': -1 }, limit: 2 })).toEqual(['e', 'd']);
        expect(await sorted({ sort, skip: 1, limit: 2 })).toEqual(['c', 'b']);
        expect(await sorted({ sort, skip: 4 })).toEqual(['e']);
        expect(await sorted({ sort, limit: 0 })).toEqual([]);
      });

      test('a cursor walks all matches in the order of ids, beyond one batch, and may be left early', async () => {
        await store.conversations.insertMany(Array.from({ length: 250 }, (_, i) => due(`t${String(999 - i)}`, i)));
        const seen: string[] = [];
        for await (const doc of store.conversations.cursor({ wakeAt: { $gte: 10 } })) seen.push(doc._id);
        expect(seen).toHaveLength(240);
        expect(seen).toEqual([...seen].sort());
        for await (const doc of store.conversations.cursor({})) {
          expect(doc._id).toBe('t750');
          break;
        }
      });
    });

    describe('aggregating', () => {
      beforeEach(async () => {
        await store.tickets.insertMany([
          ticket('1', { department: '客服', rating: 5, flags: ['urgent'], createdAt: new Date('2026-03-01T00:00:00Z') }),
          ticket('2', {
            department: '客服',
            rating: 3,
            flags: ['urgent', 'rights'],
            status: 'closed',
            createdAt: new Date('2026-03-02T00:00:00Z'),
          }),
          ticket('3', { department: '技术', createdAt: new Date('2026-03-03T00:00:00Z') }),
        ]);
      });

      test('groups, sorts, limits and counts', async () => {
        expect(
          await store.tickets.aggregate([
            { $match: { createdAt: { $gte: new Date('2026-03-01T00:00:00Z') } } },
            { $group: { _id: '$department', tickets: { $sum: 1 }, rating: { $avg: '$rating' }, first: { $min: '$createdAt' } } },
            { $sort: { tickets: -1 } },
          ]),
        ).toEqual([
          { _id: '客服', tickets: 2, rating: 4, first: new Date('2026-03-01T00:00:00Z') },
          { _id: '技术', tickets: 1, rating: null, first: new Date('2026-03-03T00:00:00Z') },
        ]);
        expect(await store.tickets.aggregate([{ $match: { status: 'open' } }, { $count: 'open' }])).toEqual([{ open: 2 }]);
        expect(await store.tickets.aggregate([{ $match: { status: 'none' } }, { $count: 'open' }])).toEqual([]);
        expect(await store.tickets.aggregate([{ $sort: { _id: -1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { _id: 1 } }])).toEqual([
          { _id: '2' },
        ]);
      });

      test('unwinds lists, adds fields and answers several questions at once', async () => {
        expect(
          await store.tickets.aggregate([
            { $unwind: '$flags' },
            { $group: { _id: '$flags', count: { $sum: 1 } } },
            { $sort: { count: -1 } },
          ]),
        ).toEqual([
          { _id: 'urgent', count: 2 },
          { _id: 'rights', count: 1 },
        ]);
        expect(
          await store.tickets.aggregate([
            { $addFields: { 'slots.many': { $gte: [{ $size: '$flags' }, 2] } } },
            { $facet: { many: [{ $match: { 'slots.many': true } }, { $project: { _id: 1 } }], all: [{ $count: 'n' }] } },
          ]),
        ).toEqual([{ many: [{ _id: '2' }], all: [{ n: 3 }] }]);
        expect(await store.tickets.get('2')).toMatchObject({ slots: { name: { raw: '王小明', value: '王小明' } } });
        expect(await store.tickets.count({ 'slots.many': true })).toBe(0);
      });
    });

    describe('what lies outside the language is refused alike', () => {
      test.each<[string, (s: Store) => Promise<unknown>]>([
        ['a filter operator', (s) => s.tickets.find({ _id: { $type: 'string' } })],
        ['$where', (s) => s.tickets.find({ $where: 'true' })],
        ['$nor', (s) => s.tickets.count({ $nor: [{ _id: 'a' }] })],
        ['$expr', (s) => s.tickets.count({ $expr: true })],
        ['an empty $or', (s) => s.tickets.count({ $or: [] })],
        ['an undefined condition', (s) => s.tickets.remove({ conversation: undefined })],
        ['a field no schema names', (s) => s.tickets.find({ statsu: 'open' })],
        ['a nested operator', (s) => s.tickets.find({ events: { $elemMatch: { kind: { $mod: [2, 0] } } } })],
        ['an unordered pattern flag', (s) => s.tickets.find({ department: /x/u })],
        ['sorting by an unknown field', (s) => s.tickets.find({}, { sort: { nothing: 1 } })],
        ['a negative page', (s) => s.tickets.find({}, { skip: -1 })],
        ['an update operator', (s) => s.tickets.update({ _id: 'a' }, { $rename: { result: 'cause' } })],
        ['$currentDate', (s) => s.tickets.update({ _id: 'a' }, { $currentDate: { updatedAt: true } })],
        ['a replacement', (s) => s.tickets.update({ _id: 'a' }, { result: 'x' })],
        ['an empty update', (s) => s.tickets.updateMany({}, {})],
        ['$push with $sort', (s) => s.tickets.update({ _id: 'a' }, { $push: { flags: { $each: [], $sort: 1 } } })],
        ['a positional path', (s) => s.tickets.update({ _id: 'a', 'events.id': 'e' }, { $set: { 'events.$.by': 'x' } })],
        ['one path twice', (s) => s.tickets.update({ _id: 'a' }, { $set: { version: 1 }, $inc: { version: 1 } })],
        ['a path and its parent', (s) => s.tickets.update({ _id: 'a' }, { $set: { slots: {}, 'slots.name': null } })],
        ['a new _id', (s) => s.tickets.update({ _id: 'a' }, { $set: { _id: 'b' } })],
        ['an unknown field', (s) => s.tickets.update({ _id: 'a' }, { $set: { colour: 'red' } })],
        ['an upsert without an id', (s) => s.counters.update({ value: 1 }, { $inc: { value: 1 } }, { upsert: true })],
        ['a stage', (s) => s.tickets.aggregate([{ $lookup: { from: 'messages', as: 'm' } }])],
        ['$out', (s) => s.tickets.aggregate([{ $out: 'elsewhere' }])],
        ['a stage inside $facet', (s) => s.tickets.aggregate([{ $facet: { a: [{ $merge: 'x' }] } }])],
        ['$function', (s) => s.tickets.aggregate([{ $project: { x: { $function: { body: '', args: [], lang: 'js' } } } }])],
      ])('%s', async (_, call) => {
        await store.tickets.insert(ticket('a'));
        await expect(call(store)).rejects.toMatchObject({ name: 'StoreError', code: 'unsupported', retryable: false });
        expect(await store.tickets.find({})).toEqual([ticket('a')]);
      });
    });

    test('can be asked whether it takes writes', async () => {
      expect(await store.ping()).toEqual({ unrewritten: [] });
    });
  });
}
