/** Reads the school directory (家校通讯录): departments down to classes, their students and parents (developer.work.weixin.qq.com/document/path/92343, 92338). */
import { z } from 'zod';
import type { Child, Family, FamilyDirectory, Progress } from '../directory';
import type { Notebook } from '../notebook';
import { type Fetch, isPassing, type TencentApi } from '../tencentApi';
import { createWecomApi } from './api';
import type { WecomAccount } from './options';

/** Departments: 1 class, 2 grade, 3 stage, 4 campus, 5 school (the root). */
const TYPE = { class: 1, grade: 2, campus: 4, school: 5 } as const;
const Department = z.looseObject({
  id: z.number(),
  parentid: z.number().default(0),
  name: z.string().default(''),
  type: z.number().default(0),
  is_graduated: z.number().default(0),
});
type Department = z.infer<typeof Department>;
const Departments = z.looseObject({ departments: z.array(Department) });

const Parent = z.looseObject({
  parent_userid: z.string(),
  relation: z.string().optional(),
  mobile: z.string().optional(),
  external_userid: z.string().optional(),
});
const Student = z.looseObject({
  student_userid: z.string(),
  name: z.string().default(''),
  department: z.array(z.number()).default([]),
  parents: z.array(Parent).default([]),
});
const Students = z.looseObject({ students: z.array(Student).default([]) });
type Parent = z.infer<typeof Parent>;

const TRIES = 4;
const WAIT_MS = 1_000;

/** Throws ChannelError or TencentError; then nothing was read. `waitMs` is the pause after the platform was too busy; it doubles. */
export async function readDirectory(
  account: WecomAccount,
  options: Readonly<{
    notebook: Notebook;
    apiUrl?: string | undefined;
    fetch?: Fetch;
    now?: () => number;
    waitMs?: number;
    progress?: Progress;
  }>,
): Promise<FamilyDirectory> {
  const { directorySecret } = account;
  // An application of its own has a token of its own.
  const own = directorySecret === undefined ? account : { ...account, secret: directorySecret };
  const api = createWecomApi(own, { ...options, ...(directorySecret !== undefined && { purpose: 'directory' }) });
  const get = (path: string, query: Readonly<Record<string, string>>) => patiently(api, path, query, options.waitMs ?? WAIT_MS);

  const { departments } = Departments.parse(await get('/cgi-bin/school/department/list', {}));
  const byId = new Map(departments.map((department) => [department.id, department]));
  const classes = departments.filter(({ type, is_graduated }) => type === TYPE.class && is_graduated !== 1);
  const collected = createCollection();
  for (const [done, one] of classes.entries()) {
    options.progress?.(done, classes.length);
    const answer = Students.parse(await get('/cgi-bin/school/user/list', { department_id: String(one.id), fetch_child: '0' }));
    const place = placeOf(one, byId);
    for (const { student_userid, name, parents } of answer.students) {
      for (const parent of parents) collected.add(parent, student_userid, { name, ...place });
      collected.student(student_userid);
    }
  }
  options.progress?.(classes.length, classes.length);
  const schools = departments.filter(({ type, name }) => (type === TYPE.school || type === TYPE.campus) && name !== '');
  return { schools: [...new Set(schools.map(({ name }) => name))], ...collected.all() };
}

async function patiently(api: TencentApi, path: string, query: Readonly<Record<string, string>>, waitMs: number): Promise<unknown> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await api.get(path, query);
    } catch (error) {
      if (tries === TRIES || !isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs * 2 ** (tries - 1)));
    }
  }
}

/** The class by its whole name, 「三年级2班」 where only 「2班」 stands below 「三年级」, and the nearest campus or school above it. */
function placeOf(one: Department, byId: ReadonlyMap<number, Department>): Readonly<{ school: string; className: string }> {
  let className = one.name;
  let school = '';
  const seen = new Set<number>();
  for (let above = byId.get(one.parentid); above && !seen.has(above.id); above = byId.get(above.parentid)) {
    seen.add(above.id);
    if (above.type === TYPE.grade && !className.includes(above.name)) className = `${above.name}${className}`;
    if (school === '' && (above.type === TYPE.campus || above.type === TYPE.school)) school = above.name;
  }
  return { school, className };
}

function createCollection() {
  const families = new Map<string, { phone?: string; children: Map<string, Child> }>();
  const students = new Set<string>();
  const unreachable = new Set<string>();
  return {
    student: (id: string) => students.add(id),
    add({ parent_userid, external_userid, mobile, relation }: Parent, student: string, child: Omit<Child, 'relation'>): void {
      if (!external_userid) {
        unreachable.add(parent_userid);
        return;
      }
      const family = families.get(external_userid) ?? { children: new Map<string, Child>() };
      if (mobile) family.phone = mobile;
      // A child may stand in several classes of ours, such as a course: the first is where it belongs.
      if (!family.children.has(student)) family.children.set(student, { ...child, ...(relation && { relation }) });
      families.set(external_userid, family);
    },
    all: () => ({
      families: [...families].map(
        ([user, { phone, children }]): Family => ({ user, ...(phone !== undefined && { phone }), children: [...children.values()] }),
      ),
      students: students.size,
      unreachable: unreachable.size,
    }),
  };
}
