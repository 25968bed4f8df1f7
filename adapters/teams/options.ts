/** What the channel is told when it is switched on. */
import type { Settle } from '../channel';
import type { Files } from '../files';
import type { Notebook } from '../notebook';

export type AppType = 'SingleTenant' | 'MultiTenant' | 'UserAssignedMSI';

/** A bot of the operator's. Without an app id nothing can be verified: for development only, on loopback only. */
export type TeamsAccount = Readonly<{
  account: string;
  type: AppType;
  appId?: string | undefined;
  appPassword?: string | undefined;
  tenantId?: string | undefined;
  development?: boolean | undefined;
}>;

export type Log = Readonly<{
  warn(what: object, message: string): void;
  error(what: object, message: string): void;
  debug(what: object, message: string): void;
}>;

export type TeamsOptions = Readonly<{
  accounts: readonly TeamsAccount[];
  notebook: Notebook;
  files: Pick<Files, 'keep' | 'openOutside'>;
  settle: Settle;
  log: Log;
  /** Where the keys are named with which the platform signs; only for simulators and other clouds. */
  openIdUrl?: string | undefined;
  now?: () => number;
  /** How long a turn may take before the customer sees that somebody is writing. */
  typingAfterMs?: number;
  sendWithinMs?: number;
  fetchWithinMs?: number;
}>;
