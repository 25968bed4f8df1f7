import { type Dealing, dealWith } from '../../../adapters/email/batch';

const NOTHING: Dealing = { stillOurs: async () => undefined, handle: async () => 'stored', putAside: async () => undefined };
const one = (uid: number, trouble: string, passing = false) => ({ uid, at: 5, letter: null, trouble, passing });
const given = (uids: readonly number[]) => ({ behind: [], inHand: new Set(uids), now: () => 100, storeMs: [10] });

test('bytes that are no mail are put aside at once: the same bytes would be no mail the next time', async () => {
  const aside: string[] = [];
  const putAside = async (_: unknown, error: unknown) => void aside.push(String(error));
  expect(await dealWith([one(1, '邮件打不开')], given([1]), { ...NOTHING, putAside })).toEqual({
    seen: [],
    aside: [1],
    left: [],
    failed: true,
  });
  expect(aside).toEqual(['Error: 邮件打不开']);
});

test('what cannot even be put aside waits for another try and does not pass for stored', async () => {
  const putAside = async (): Promise<never> => {
    throw new Error('the store is away');
  };
  const { left, ...dealt } = await dealWith([one(1, '邮件打不开')], given([1]), { ...NOTHING, putAside });
  expect(dealt).toMatchObject({ seen: [], aside: [] });
  expect(left).toMatchObject([{ uid: 1, at: 5, notBefore: 110 }]);
});

test('no try counts where another process reads the mailbox now', async () => {
  const stillOurs = async (): Promise<never> => {
    throw new Error('another process reads it');
  };
  const { left } = await dealWith([one(1, '没有给出', true)], given([1]), { ...NOTHING, stillOurs });
  expect(left).toMatchObject([{ uid: 1, tries: 0, notBefore: 0 }]);
  const { left: tried } = await dealWith([one(1, '没有给出', true)], given([1]), NOTHING);
  expect(tried).toMatchObject([{ uid: 1, tries: 1, notBefore: 110 }]);
});
