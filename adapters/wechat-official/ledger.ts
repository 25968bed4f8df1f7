/** The standing of every customer, in the notebook, so that all processes and the time after a restart count alike. */
import type { Address } from '../../dialogs/vocabulary';
import { amend, type Notebook } from '../notebook';
import { type Standing, standingOf } from './standing';

export type Ledger = Readonly<{
  read(of: Who): Promise<Standing>;
  /** Resolves to what now stands. */
  change(of: Who, change: (standing: Standing) => Standing): Promise<Standing>;
}>;
export type Who = Pick<Address, 'account' | 'user'>;

/** One customer as notes are named after them. */
export const customerOf = ({ account, user }: Who): string => `${account}:${user}`;

export function createLedger(notebook: Notebook): Ledger {
  const keyOf = (of: Who): string => `user:${customerOf(of)}`;
  return {
    read: async (of) => standingOf((await notebook.read(keyOf(of)))?.value),
    change: (of, change) => amend(notebook, keyOf(of), (value) => change(standingOf(value))),
  };
}
