/** Which channel is whose: departments, supervisors, and whom a page calls. Pure. */
import type { Notice } from '../desk';
import type { SlackOptions } from './options';

export type Rooms = Readonly<{
  of(department: string): string;
  supervisors: string;
  /** Whether cards stand in this channel. */
  ours(channel: string): boolean;
  forNotice(to: Notice['to']): string;
  /** What calls people in a page. */
  call: string;
}>;

export function createRooms({ channel, channels = {}, supervisors, onDuty }: SlackOptions): Rooms {
  const of = (department: string): string => channels[department] ?? channel;
  const all = new Set([channel, ...Object.values(channels)]);
  const above = supervisors ?? channel;
  return {
    of,
    supervisors: above,
    ours: (one) => all.has(one),
    forNotice: (to) => (to === 'supervisors' ? above : of(to.department)),
    call: onDuty === undefined ? '<!here>' : `<!subteam^${onDuty}>`,
  };
}
