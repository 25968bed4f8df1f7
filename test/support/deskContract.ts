/** What every desk must hold to, whatever its platform: one suite over the whole house, run by each desk over its own wire. */
import type { DeskHouse } from './deskHouse';

/** Two agents, and somebody whom nobody registered. */
export type Who = 'li' | 'zhao' | 'stranger';
/** How a platform can fail: it refuses, keeps silent, wants quiet, or does what was asked and its answer is lost. */
export const OUTAGES = ['refuses', 'is silent', 'wants quiet', 'is not heard'] as const;
export type Outage = (typeof OUTAGES)[number];

/** A desk in a running house, with the agents' side of the wire in the test's hand. Acts resolve to whether they were acknowledged. */
export type DeskRig = Readonly<{
  house: DeskHouse;
  /** Every card there is of a ticket, in words. */
  cards(number: string): Promise<readonly string[]>;
  /** What stands under its card, oldest first. */
  lines(number: string): Promise<readonly string[]>;
  /** The same `id` is the very same request once more. */
  claim(who: Who, number: string, id: string): Promise<boolean>;
  /** Words where whoever holds the ticket speaks to the customer. */
  write(who: Who, number: string, text: string, id: string): Promise<boolean>;
  /** A claim that somebody else made up. */
  forge(who: Who, number: string): Promise<boolean>;
  /** A claim as it was sent an hour ago; absent where requests carry no time. */
  stale?(who: Who, number: string): Promise<boolean>;
  /** What this person alone was told so far. */
  told(who: Who): Promise<string>;
  /** What somebody unregistered reads; a desk that anybody may reach names nobody. */
  advice?: string;
  /** Resolves once there is what is looked for. */
  until<T>(look: () => Promise<T | undefined | null | false>): Promise<T>;
  /** Lets the platform fail until the returned function is called; absent where there is no platform in between. */
  fail?(outage: Outage): () => void;
  /** Ends the house and what the rig itself opened. */
  close(): Promise<void>;
}>;

/** Runs the contract. `open` starts a house of its own with the desk in it. */
export function deskContract(name: string, open: () => Promise<DeskRig>): void {
  describe(`${name} holds the contract of a desk`, () => {
    let rig: DeskRig;
    let count = 0;
    beforeAll(async () => {
      rig = await open();
    });
    afterAll(() => rig.close());

    /** A customer of this test's own who wants a person; resolves to them and their ticket once it is put up. */
    async function waiting(): Promise<Readonly<{ customer: string; number: string }>> {
      count += 1;
      const customer = `customer${count}`;
      await rig.house.says(customer, '我要转人工');
      const number = await rig.house.ticketOf(customer);
      await rig.until(async () => (await rig.cards(number)).length > 0);
      return { customer, number };
    }
    async function kindsOf(number: string): Promise<readonly string[]> {
      await rig.house.conversations.idle();
      return (await rig.house.store.tickets.get(number))?.events.map(({ kind }) => kind) ?? [];
    }
    const claimedBy = (number: string, agent: string): Promise<boolean> =>
      rig.until(async () => (await rig.house.store.tickets.get(number))?.assignee === agent);
    const stands = (number: string, text: string): Promise<boolean> =>
      rig.until(async () => (await rig.lines(number)).some((line) => line.includes(text)));
    /** Which of these words stand there as the customer's, in which order; what the bot made of them does not count. */
    const shownOf = async (number: string, words: readonly string[]): Promise<readonly string[]> =>
      (await rig.lines(number)).filter((line) => !line.includes('补充')).flatMap((line) => words.filter((text) => line.includes(text)));
    const timesHeard = async (customer: string, text: string): Promise<number> => {
      await rig.house.conversations.idle();
      return (await rig.house.heard(customer)).filter((words) => words.includes(text)).length;
    };

    test('a ticket is put up with what was said before', async () => {
      const { number } = await waiting();
      await stands(number, '我要转人工');
      expect(await rig.cards(number)).toHaveLength(1);
    });

    test('what a customer writes later follows in the order in which it was written', async () => {
      const { customer, number } = await waiting();
      const words = ['一楼没有信号', '二楼也没有', '三楼有一点', '刚才又断了', '现在好了一些'];
      for (const text of words) await rig.house.says(customer, text);
      await stands(number, '现在好了一些');
      expect(await shownOf(number, words)).toEqual(words);
    });

    test('a click that is delivered again is acknowledged again and changes nothing', async () => {
      const { customer, number } = await waiting();
      expect([await rig.claim('li', number, 'c1'), await rig.claim('li', number, 'c1')]).toEqual([true, true]);
      await claimedBy(number, 'li');
      expect((await kindsOf(number)).filter((kind) => kind === 'claimed')).toHaveLength(1);
      expect(await timesHeard(customer, '李老师已接入')).toBe(1);
    });

    test('the card says who has taken the ticket', async () => {
      const { number } = await waiting();
      await rig.claim('li', number, 'c2');
      await rig.until(async () => (await rig.cards(number))[0]?.includes('李老师'));
      expect(await rig.cards(number)).toHaveLength(1);
    });

    test('words of the holder reach the customer once, however often they are delivered', async () => {
      const { customer, number } = await waiting();
      await rig.claim('li', number, 'c3');
      await claimedBy(number, 'li');
      expect([await rig.write('li', number, '请问是哪个班？', 'w1'), await rig.write('li', number, '请问是哪个班？', 'w1')]).toEqual([
        true,
        true,
      ]);
      expect(await timesHeard(customer, '请问是哪个班？')).toBe(1);
    });

    test('two who claim at once: one has it, the other is told by whom', async () => {
      const { number } = await waiting();
      await Promise.all([rig.claim('li', number, 'c4'), rig.claim('zhao', number, 'c5')]);
      const ticket = await rig.until(async () => {
        const found = await rig.house.store.tickets.get(number);
        return found?.assignee ? found : null;
      });
      expect((await kindsOf(number)).filter((kind) => kind === 'claimed')).toHaveLength(1);
      const loser = ticket.assignee === 'li' ? 'zhao' : 'li';
      await rig.until(async () => (await rig.told(loser)).includes(`${number} 正由${ticket.assigneeName}处理`));
    });

    test('what somebody made up is refused and changes nothing', async () => {
      const { number } = await waiting();
      expect(await rig.forge('li', number)).toBe(false);
      expect(await kindsOf(number)).toEqual(['opened']);
    });

    test('what was sent long ago is refused and changes nothing', async () => {
      if (!rig.stale) return;
      const { number } = await waiting();
      expect(await rig.stale('li', number)).toBe(false);
      expect(await kindsOf(number)).toEqual(['opened']);
    });

    test('whoever is not registered may look and not act, and is told whom to ask', async () => {
      const { customer, number } = await waiting();
      await rig.claim('stranger', number, 'c6');
      await rig.write('stranger', number, '我来处理', 'w2');
      await rig.until(async () => (await rig.told('stranger')).includes(rig.advice ?? '孙主管'));
      expect(await kindsOf(number)).toEqual(['opened']);
      expect(await timesHeard(customer, '我来处理')).toBe(0);
    });

    test.each(OUTAGES)('when the platform %s, everything is shown once it is back, once and in order', async (outage) => {
      if (!rig.fail) return;
      const { customer, number } = await waiting();
      const mend = rig.fail(outage);
      const fresh = `late-${OUTAGES.indexOf(outage)}`;
      await rig.house.says(customer, '第一句');
      await rig.house.says(customer, '第二句');
      await rig.house.says(fresh, '我要转人工');
      await rig.until(async () => ((await rig.house.store.tickets.get(number))?.boards.slack?.attempts ?? 1) > 0);
      mend();
      const second = await rig.house.ticketOf(fresh);
      await stands(number, '第二句');
      await stands(second, '我要转人工');
      expect(await shownOf(number, ['第一句', '第二句'])).toEqual(['第一句', '第二句']);
      expect(await rig.cards(second)).toHaveLength(1);
    });

    test('after the house has stopped nothing is taken any more', async () => {
      const { number } = await waiting();
      await rig.house.close();
      expect(await rig.claim('li', number, 'c7').catch(() => false)).toBe(false);
    });
  });
}
