/** Who writes and clicks: a member of the workspace as an agent, by Slack id or by mail address. */
import type { Agent, Office } from '../desk';
import type { Api } from './api';
import { createRecent } from './recent';

export type People = Readonly<{
  /** Null for whoever is not registered: they may look, not act. */
  agent(user: string): Promise<Agent | null>;
  /** What an unknown person is told. */
  stranger(): Promise<string>;
}>;

const REMEMBERED = 1_000;
const MAIL_KEPT_MS = 10 * 60_000;

export function createPeople(api: Pick<Api, 'emailOf'>, office: () => Office, now: () => number): People {
  const mails = createRecent<Readonly<{ email: string | null; until: number }>>(REMEMBERED);

  async function emailOf(user: string): Promise<string | null> {
    const known = mails.get(user);
    if (known && known.until > now()) return known.email;
    const email = await api.emailOf(user);
    mails.set(user, { email, until: now() + MAIL_KEPT_MS });
    return email;
  }

  return {
    async agent(user) {
      const known = await office().agentBy({ slack: user });
      if (known) return known;
      const email = await emailOf(user);
      return email === null ? null : office().agentBy({ slack: user, email });
    },
    async stranger() {
      const supervisors = (await office().agents()).filter(({ supervisor }) => supervisor).map(({ name }) => name);
      const whom = supervisors.length > 0 ? supervisors.join('、') : '管理员';
      return `您还没有登记为客服，只能查看，不能操作。请联系${whom}登记。`;
    },
  };
}
