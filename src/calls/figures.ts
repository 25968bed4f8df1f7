/** How quickly calls were answered, counted from the calls alone: within three rings is the promise (S4-25). Pure. */
import type { CallDoc } from '../store/documents';

export type CallFigures = Readonly<{
  calls: number;
  answered: number;
  missed: number;
  /** Answered calls whose first ring is known too. */
  measured: number;
  /** Of the measured ones, answered in time. */
  inTime: number;
  /** Share of all measured and missed calls that were answered in time; null when there was none. */
  rate: number | null;
  meanWaitSeconds: number | null;
}>;

/** Whole seconds from the first ring to the answer; undefined when one of them was never told. */
export function waitedSeconds({ ringingAt, answeredAt }: Pick<CallDoc, 'ringingAt' | 'answeredAt'>): number | undefined {
  return ringingAt === null || answeredAt === null ? undefined : Math.max(0, Math.round((answeredAt - ringingAt) / 1000));
}

/** Calls that still ring count for nothing yet. A call nobody answered was not answered in time. */
export function callFigures(calls: readonly CallDoc[], withinSeconds: number): CallFigures {
  const answered = calls.filter(({ answeredAt }) => answeredAt !== null);
  const missed = calls.filter(({ answeredAt, checkAt }) => answeredAt === null && checkAt === null).length;
  const waits = answered.flatMap((call) => waitedSeconds(call) ?? []);
  const inTime = waits.filter((seconds) => seconds <= withinSeconds).length;
  const judged = waits.length + missed;
  return {
    calls: calls.length,
    answered: answered.length,
    missed,
    measured: waits.length,
    inTime,
    rate: judged === 0 ? null : inTime / judged,
    meanWaitSeconds: waits.length === 0 ? null : waits.reduce((sum, seconds) => sum + seconds, 0) / waits.length,
  };
}
