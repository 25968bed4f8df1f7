import { profileOf, remember } from '../../src/people/customers';
import { createEmbeddedStore } from '../../src/store/embedded';

const monday = new Date('2026-11-23T10:00:00+08:00');
const tuesday = new Date('2026-11-24T10:00:00+08:00');
const slot = (value: string) => ({ raw: value, value });
const customer = 'web:main:wang';

describe('a customer', () => {
  test('of whom nothing was remembered has no profile', async () => {
    expect(await profileOf(await createEmbeddedStore({ memory: true }), customer)).toBeNull();
  });

  test('is known by what was told, each newer answer in place of the older one', async () => {
    const store = await createEmbeddedStore({ memory: true });
    await remember(store, customer, { role: 'parent', slots: { name: slot('王小明'), class: slot('三年级2班') } }, monday);
    await remember(store, customer, { slots: { class: slot('四年级2班') } }, tuesday);
    expect(await profileOf(store, customer)).toEqual({
      role: 'parent',
      slots: { name: slot('王小明'), class: slot('四年级2班') },
    });
    expect(await store.customers.get(customer)).toMatchObject({ createdAt: monday, updatedAt: tuesday });
  });

  test('who told only a role is remembered with no fields', async () => {
    const store = await createEmbeddedStore({ memory: true });
    await remember(store, customer, { role: 'teacher', slots: {} }, monday);
    expect(await profileOf(store, customer)).toEqual({ role: 'teacher', slots: {} });
  });

  test('remembered twice for the same words is the same', async () => {
    const store = await createEmbeddedStore({ memory: true });
    const told = { role: 'parent', slots: { name: slot('王小明') } } as const;
    await remember(store, customer, told, monday);
    const once = await store.customers.get(customer);
    await remember(store, customer, told, monday);
    expect(await store.customers.get(customer)).toEqual(once);
    expect(await store.customers.count({})).toBe(1);
  });

  test('is never taken for another', async () => {
    const store = await createEmbeddedStore({ memory: true });
    await remember(store, customer, { slots: { name: slot('王小明') } }, monday);
    expect(await profileOf(store, 'web:main:li')).toBeNull();
  });
});
