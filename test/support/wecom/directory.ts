/** A school directory as WeCom's API gives it, to be changed between two readings. */
import type { WecomPlatform } from './platform';
import { Refusal } from './state';

type Parent = Readonly<{ parent_userid: string; relation: string; mobile: string; external_userid?: string }>;
export type Student = Readonly<{ student_userid: string; name: string; department: readonly number[]; parents: readonly Parent[] }>;

const departments = [
  { id: 1, parentid: 0, name: '南宁市实验学校', type: 5 },
  { id: 2, parentid: 1, name: '东校区', type: 4 },
  { id: 10, parentid: 1, name: '三年级', type: 2 },
  { id: 11, parentid: 10, name: '2班', type: 1 },
  { id: 12, parentid: 2, name: '七年级3班', type: 1 },
  { id: 13, parentid: 1, name: '2019级旧班', type: 1, is_graduated: 1 },
];

export const parent = (id: string, relation: string, known = true): Parent => ({
  parent_userid: id,
  relation,
  mobile: `1380013${id.slice(-4).padStart(4, '0')}`,
  ...(known && { external_userid: `wm-${id}` }),
});

export const students: readonly Student[] = [
  { student_userid: 's1', name: '王小明', department: [11], parents: [parent('p1001', '妈妈'), parent('p1002', '爸爸', false)] },
  { student_userid: 's2', name: '李小红', department: [11], parents: [parent('p1003', '爸爸')] },
  { student_userid: 's3', name: '李小刚', department: [12], parents: [parent('p1003', '爸爸')] },
];

/** Serves it; `busy` calls are refused as too many first. */
export function serveDirectory(platform: WecomPlatform, given: { students: readonly Student[]; busy?: number }): void {
  const busy = (): void => {
    if ((given.busy ?? 0) <= 0) return;
    given.busy = (given.busy ?? 0) - 1;
    throw new Refusal(45_009, 'api freq out of limit');
  };
  platform.directory.set('/cgi-bin/school/department/list', () => ({ departments }));
  platform.directory.set('/cgi-bin/school/user/list', (query) => {
    busy();
    const id = Number(query.get('department_id'));
    return { students: given.students.filter(({ department }) => department.includes(id)) };
  });
}
