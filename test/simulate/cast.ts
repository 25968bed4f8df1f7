/** Who is there and where: the members of the pretended workspace, its channels, and what the server begins with. */
import type { ChannelName } from '../support/slack/workspace';

type Member = Readonly<{ name: string; about: string; department?: string; supervisor?: boolean }>;

/** By their name in the workspace; without a department nobody has signed them up. */
export const MEMBERS: Readonly<Record<string, Member>> = {
  dutya: { name: '值班客服甲', about: '客服部坐席', department: '客服部' },
  dutyb: { name: '值班客服乙', about: '业务受理组坐席', department: '业务受理组' },
  lead: { name: '值班主管', about: '主管', department: '客服部', supervisor: true },
  guest: { name: '未登记的同事', about: '不是坐席，只能看' },
};

export const mailOf = (member: string): string => `${member}@desk.example`;

export const ROOMS: Readonly<Record<ChannelName, Readonly<{ name: string; about: string }>>> = {
  service: { name: '工单', about: '各部门的工单' },
  complaints: { name: '业务受理', about: '业务受理组的工单' },
  supervisors: { name: '主管', about: '投诉、紧急和超时在这里呼叫主管' },
  elsewhere: { name: '闲聊', about: '与客服无关' },
};

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Somebody is always at the desk, so that it can be tried at any hour. */
export const seed = {
  agents: Object.entries(MEMBERS).flatMap(([id, { name, department, supervisor }]) =>
    department === undefined ? [] : [{ id, name, email: mailOf(id), department, roles: supervisor ? ['agent', 'supervisor'] : ['agent'] }],
  ),
  calendar: {
    hours: Object.fromEntries(days.map((day) => [day, [{ from: '00:00', to: '24:00' }]])),
    hoursText: { zh: '全天', en: 'around the clock' },
  },
};
