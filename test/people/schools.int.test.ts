import { createSchools } from '../../src/people/schools';
import type { SchoolDoc } from '../../src/store/documents';
import { createEmbeddedStore } from '../../src/store/embedded';

const MINUTE = 60_000;
const school = (name: string): SchoolDoc => ({ _id: name, name, aliases: [] });

async function directory() {
  const store = await createEmbeddedStore({ memory: true });
  const built: string[][] = [];
  let now = 0;
  const schools = createSchools(
    store,
    (rows) => {
      const names = rows.map(({ name }) => name);
      built.push(names);
      return names;
    },
    () => now,
  );
  const later = (): void => {
    now += 2 * MINUTE;
  };
  return { store, built, schools, later };
}

describe('the school directory', () => {
  test('of a place without schools is empty', async () => {
    const { schools } = await directory();
    expect(await schools()).toEqual({ directory: [], size: 0 });
  });

  test('has a school that was added a while ago', async () => {
    const { store, schools, later } = await directory();
    await store.schools.insert(school('南宁市实验小学'));
    await schools();
    await store.schools.insert(school('南宁市第一中学'));
    later();
    expect(await schools()).toEqual({ directory: ['南宁市实验小学', '南宁市第一中学'], size: 2 });
  });

  test('is built anew only when it was changed', async () => {
    const { store, built, schools, later } = await directory();
    await store.schools.insert(school('南宁市实验小学'));
    await schools();
    later();
    await schools();
    expect(built).toHaveLength(1);
  });
});
