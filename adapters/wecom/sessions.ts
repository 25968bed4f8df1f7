/** Keeps a customer's session in a state in which the API may speak (developer.work.weixin.qq.com/document/path/94669). */
import { z } from 'zod';
import { ChannelError } from '../channel';
import { type TencentApi, TencentError } from '../tencentApi';
import type { Line, Log } from './options';

/** 0 nobody has it, 1 the assistant (us), 2 in the pool of servicers, 3 with a servicer in WeCom, 4 over or not begun. Only in 0 and 1 may the API send. */
const STATE = { untouched: 0, ours: 1, over: 4 } as const;
const Answer = z.looseObject({ service_state: z.number() });
const Changed = z.looseObject({ msg_code: z.string().optional() });
const CACHED = 10_000;

/** `ended`: somebody in WeCom had it; it was ended, and `code` carries one last message of it. The customer's next one begins a session of ours. */
export type Floor = Readonly<{ kind: 'ours' } | { kind: 'over' } | { kind: 'ended'; code: string }>;

export type Sessions = Readonly<{
  /** Asks for the floor; what is known to be ours costs nothing. */
  claim(line: Line, user: string): Promise<Floor>;
  /** Something happened to the session, or a send was refused: look again next time. */
  forget(line: Line, user: string): void;
}>;

export function createSessions(apiOf: (line: Line) => TencentApi, log: Log): Sessions {
  const ours = new Set<string>();
  const keyOf = ({ kfid }: Line, user: string): string => `${kfid}:${user}`;

  function remember(key: string): void {
    ours.add(key);
    const [oldest] = ours;
    if (ours.size > CACHED && oldest !== undefined) ours.delete(oldest);
  }

  return {
    async claim(line, user) {
      const key = keyOf(line, user);
      if (ours.has(key)) return { kind: 'ours' };
      const of = { open_kfid: line.kfid, external_userid: user };
      const api = apiOf(line);
      const { service_state: state } = Answer.parse(await api.post('/cgi-bin/kf/service_state/get', of));
      const change = async (to: number) => Changed.parse(await api.post('/cgi-bin/kf/service_state/trans', { ...of, service_state: to }));
      if (state === STATE.over) return { kind: 'over' };
      if (state === STATE.untouched) {
        // Untouched it may be given to a servicer by the platform's own rules; as the assistant's it stays. Sending works either way.
        const changed = await change(STATE.ours).catch((error: unknown) => {
          if (!(error instanceof TencentError || error instanceof ChannelError)) throw error;
          log.warn({ account: line.account.account, err: error }, 'a session of WeCom could not be made the assistant’s');
          return error;
        });
        // Where nobody answered it is tried again with the next word.
        if (changed instanceof ChannelError) return { kind: 'ours' };
      } else if (state !== STATE.ours) {
        const { msg_code: code } = await change(STATE.over);
        log.warn(
          { account: line.account.account, kfid: line.kfid, state },
          'a session held in WeCom was ended, so that the desk can answer',
        );
        return code ? { kind: 'ended', code } : { kind: 'over' };
      }
      remember(key);
      return { kind: 'ours' };
    },
    forget(line, user) {
      ours.delete(keyOf(line, user));
    },
  };
}
