import { PassThrough } from 'node:stream';
import { readDirectory } from '../../../adapters/wecom/directory';
import { directoryCommand } from '../../../src/cli/directory';
import { profileOf } from '../../../src/people/customers';
import { createEmbeddedStore } from '../../../src/store/embedded';
import type { Store } from '../../../src/store/store';
import { memoryNotebook } from '../../support/memoryNotebook';
import { parent, type Student, serveDirectory, students } from '../../support/wecom/directory';
import { openWecom, type WecomPlatform } from '../../support/wecom/platform';
import { corp } from '../../support/wecom/state';

const school = corp('school');

describe('the school directory of WeCom', () => {
  let platform: WecomPlatform;
  let store: Store;
  let given: { students: readonly Student[]; busy?: number };
  beforeEach(async () => {
    platform = await openWecom({ corps: [school], callbackUrl: () => 'http://127.0.0.1:9' });
    store = await createEmbeddedStore({ memory: true });
    given = { students };
    serveDirectory(platform, given);
  });
  afterEach(async () => {
    await platform.close();
    await store.close();
  });

  const read = (progress?: (done: number, all: number) => void) =>
    readDirectory(school, { notebook: memoryNotebook(), apiUrl: platform.url, waitMs: 1, ...(progress && { progress }) });

  /** Runs the command; resolves to what it printed and what it told meanwhile. */
  async function run(json = true) {
    const [output, error] = [new PassThrough(), new PassThrough()];
    await directoryCommand({ input: new PassThrough(), output, error }, store, [{ account: 'school', read }], { json, at: new Date(0) });
    return { out: String(output.read() ?? ''), told: String(error.read() ?? '') };
  }
  const counts = async () => JSON.parse((await run()).out);

  test('goes down to the classes that are not over, whose whole names it knows', async () => {
    const seen: string[] = [];
    const directory = await read((done, all) => seen.push(`${done}/${all}`));
    expect(directory).toMatchObject({ schools: ['南宁市实验学校', '东校区'], students: 3, unreachable: 1 });
    expect(directory.families).toEqual([
      {
        user: 'wm-p1001',
        phone: '13800131001',
        children: [{ name: '王小明', school: '南宁市实验学校', className: '三年级2班', relation: '妈妈' }],
      },
      {
        user: 'wm-p1003',
        phone: '13800131003',
        children: [
          { name: '李小红', school: '南宁市实验学校', className: '三年级2班', relation: '爸爸' },
          { name: '李小刚', school: '东校区', className: '七年级3班', relation: '爸爸' },
        ],
      },
    ]);
    expect(seen).toEqual(['0/2', '1/2', '2/2']);
  });

  test('imported twice it changes nothing the second time; then only what the school changed', async () => {
    expect(await counts()).toEqual({
      account: 'school',
      students: 3,
      parents: 2,
      unreachable: 1,
      schools: 2,
      added: 2,
      changed: 0,
      same: 0,
      gone: 0,
    });
    expect(await counts()).toMatchObject({ schools: 0, added: 0, changed: 0, same: 2, gone: 0 });
    const [first, ...others] = students;
    given.students = [
      { ...(first ?? (students[1] as Student)), name: '王晓明' },
      { ...(others[0] as Student), parents: [parent('p1009', '奶奶')] },
    ];
    expect(await counts()).toMatchObject({ added: 1, changed: 1, same: 0, gone: 1 });
    expect((await store.contacts.find({})).map(({ _id }) => _id).toSorted()).toEqual(['wecom:school:wm-p1001', 'wecom:school:wm-p1009']);
  });

  test('tells a person what became of it, with progress', async () => {
    const { out, told } = await run(false);
    expect(out).toContain('新增 added 2，更新 changed 0，未变 same 0，移除 gone 0；新学校 new schools 2');
    expect(told).toContain('school：已读取 read 2/2 个班级 classes');
  });

  test('a busy platform is waited for; one that stays busy changes nothing', async () => {
    given.busy = 2;
    expect(await counts()).toMatchObject({ added: 2 });
    given.students = [];
    given.busy = 99;
    await expect(run()).rejects.toThrow('45009');
    expect(await store.contacts.count({})).toBe(2);
  });

  test('a parent of the directory is known at the first word, on every line of the account, without what their children do not share', async () => {
    await run();
    const one = await profileOf(store, 'wecom:school:wm-p1001:wk-second');
    expect(one).toMatchObject({
      role: 'parent',
      slots: {
        school: { value: '南宁市实验学校', verified: true },
        class: { value: '三年级2班' },
        name: { value: '王小明' },
        phone: { value: '13800131001' },
      },
    });
    const two = await profileOf(store, 'wecom:school:wm-p1003');
    expect(Object.keys(two?.slots ?? {}).toSorted()).toEqual(['phone', 'relation']);
    expect(await profileOf(store, 'wecom:school:wm-stranger')).toBeNull();
  });

  test('what parents said themselves counts more', async () => {
    await run();
    const _id = 'wecom:school:wm-p1001';
    const slots = { phone: { raw: '13911112222', value: '13911112222' } };
    await store.customers.insert({ _id, slots, createdAt: new Date(0), updatedAt: new Date(0) });
    expect((await profileOf(store, _id))?.slots).toMatchObject({ phone: { value: '13911112222' }, name: { value: '王小明' } });
  });
});
