/** Who is signed in at the page: a cookie that names the agent, signed by us. The token itself never comes back from the browser. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Agent, EndedSessions, Office } from '../desk';
import { createSigner } from '../signature';

export type Session = Readonly<{ id: string; agent: Agent; until: number; thisRunOnly: boolean }>;
export type Sessions = Readonly<{
  /** The value of a new cookie for whoever holds this token; null when nobody does. */
  open(token: string): Promise<Readonly<{ cookie: string; session: Session }> | null>;
  /** Null when the cookie is not ours, is over or was signed out, or its agent may no longer sign in. */
  read(cookieHeader: string | undefined): Promise<Session | null>;
  /** From now on its cookie opens nothing, wherever a copy of it is. */
  end(session: Session): Promise<void>;
}>;

export const COOKIE = 'qiao_desk';
const HOUR = 60 * 60 * 1000;
/** One shift. */
export const SESSION_LIFE = 12 * HOUR;

/** Who works on a machine where no agent has been added yet. */
export const ON_DUTY: Agent = { id: 'desk:duty', name: '值班客服', supervisor: true };

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** `runToken` signs in as the agent on duty while this process lives. */
export function createSessions(
  deps: Readonly<{
    secret: string;
    runToken: string | undefined;
    office: () => Office | undefined;
    ended: EndedSessions;
    now: () => number;
  }>,
): Sessions {
  const { runToken, office, now } = deps;
  const purpose = 'qiao desk session';
  const kept = createSigner(deps.secret, purpose);
  const signers = { kept, run: runToken === undefined ? undefined : createSigner(runToken, purpose) };

  function issue(agent: Agent, thisRunOnly: boolean): Readonly<{ cookie: string; session: Session }> {
    const began = now();
    const session = { id: randomBytes(12).toString('base64url'), agent, until: began + SESSION_LIFE, thisRunOnly };
    const body = `v1.${session.id}.${began}.${Buffer.from(agent.id).toString('base64url')}`;
    const signer = (thisRunOnly && signers.run) || kept;
    return { cookie: `${body}.${signer.sign(body)}`, session };
  }

  return {
    async open(token) {
      if (runToken !== undefined && same(token, runToken)) return issue(ON_DUTY, true);
      const agent = await office()?.agentBy({ token });
      return agent ? issue(agent, false) : null;
    },
    async read(header) {
      const value = cookieIn(header);
      const [, body = '', id = '', since = '', name = '', signature = ''] =
        /^(v1\.([\w-]{16})\.(\d{1,16})\.([\w-]{1,400}))\.([\w-]{43})$/.exec(value) ?? [];
      const began = Number(since);
      const until = began + SESSION_LIFE;
      if (!body || until <= now()) return null;
      const agentId = Buffer.from(name, 'base64url').toString();
      if (agentId === ON_DUTY.id) {
        if (!signers.run?.verify(body, signature) || (await deps.ended.has(id))) return null;
        return { id, agent: ON_DUTY, until, thisRunOnly: true };
      }
      if (!kept.verify(body, signature)) return null;
      const agent = (await office()?.agents())?.find((one) => one.id === agentId);
      // A new token ends what the old one opened.
      if (agent?.tokenSince === undefined || agent.tokenSince > began || (await deps.ended.has(id))) return null;
      return { id, agent, until, thisRunOnly: false };
    },
    end: ({ id }) => deps.ended.end(id),
  };
}

function cookieIn(header = ''): string {
  for (const part of header.split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === COOKIE) return value ?? '';
  }
  return '';
}
