import type { Content } from '../../dialogs/vocabulary';
import { createGather } from '../../src/conversation/gather';
import { createLane } from '../../src/conversation/lane';
import { calendarOf } from '../../src/desk/calendar';
import { createNumbers } from '../../src/desk/numbers';
import type { Profile } from '../../src/people/customers';
import { createPeople } from '../../src/people/people';
import type { IncidentDoc } from '../../src/store/documents';
import { createEmbeddedStore } from '../../src/store/embedded';
import { fakeDirectory } from '../support/knowledge';
import { createClock, MONDAY } from './clock';
import { begin } from './engine';
import { plain } from './house';

const HOUR = 3_600_000;
const hours = (n: number): Date => new Date(MONDAY + n * HOUR);
const incident = (id: string, changes: Partial<IncidentDoc> = {}): IncidentDoc => ({
  _id: id,
  title: id,
  message: `${id}，正在处理。`,
  from: hours(-1),
  ...changes,
});

/** What a turn is told of incidents, when a customer says something. */
async function inForce(
  incidents: readonly IncidentDoc[],
  { text = '收不到短信', profile = null, after = 0 }: Readonly<{ text?: string; profile?: Profile | null; after?: number }> = {},
) {
  const store = await createEmbeddedStore({ memory: true });
  for (const one of incidents) await store.incidents.insert(one);
  const clock = createClock();
  const gather = createGather(
    {
      ...plain,
      store,
      createDirectory: () => ({ find: fakeDirectory }),
      channels: new Map(),
      now: clock.now,
      newId: () => 'id',
      scheduler: clock.scheduler,
    },
    {
      numbers: createNumbers({ store, now: clock.now, timeZone: () => 'Asia/Shanghai', block: 20 }),
      calendar: calendarOf(plain.settings),
      due: (_, from) => from,
      people: createPeople(store, { reachable: () => true, secret: 'the secret of a test house', now: clock.now }),
    },
  );
  const lane = { ...createLane('web:main:wang'), profile };
  const content: Content = { kind: 'text', text };
  const look = () => gather.received(lane, begin(clock.now()), content, [], clock.now(), 'zh');
  await look();
  clock.advance(after);
  return (await look()).incidents;
}
const ids = async (...given: Parameters<typeof inForce>) => (await inForce(...given)).map(({ id }) => id);

const one = '南宁市第一中学';
const primary = '南宁市实验小学';

describe('an incident', () => {
  test('in force reaches the decision with what to tell the customer', async () => {
    expect(await inForce([incident('短信延迟')])).toEqual([{ id: '短信延迟', title: '短信延迟', message: '短信延迟，正在处理。' }]);
  });

  test('that is over or has not begun does not', async () => {
    const times = [
      incident('over', { to: hours(-0.5) }),
      incident('over this instant', { to: hours(0) }),
      incident('to come', { from: hours(1) }),
      incident('until noon', { to: hours(2) }),
      incident('from this instant', { from: hours(0) }),
    ];
    expect((await ids(times)).sort()).toEqual(['from this instant', 'until noon']);
  });

  test('that ends while it is still remembered is told no more', async () => {
    expect(await ids([incident('short', { to: new Date(MONDAY + 1_000) })], { after: 1_000 })).toEqual([]);
  });

  test('of one school reaches the customers of that school and no others', async () => {
    const both = [incident('here', { school: primary }), incident('there', { school: one }), incident('everywhere')];
    const told = async (given: Parameters<typeof inForce>[1]) => (await ids(both, given)).sort();
    expect(await told({ text: '实验小学收不到短信' })).toEqual(['everywhere', 'here']);
    expect(await told({ profile: { slots: { school: { raw: '一中', value: one } } } })).toEqual(['everywhere', 'there']);
    expect(await told({})).toEqual(['everywhere']);
  });

  test('of the school named now comes before that of the school remembered', async () => {
    const both = [incident('here', { school: primary }), incident('there', { school: one })];
    const profile = { slots: { school: { raw: '一中', value: one } } };
    expect(await ids(both, { text: '实验小学收不到短信', profile })).toEqual(['here']);
  });
});
