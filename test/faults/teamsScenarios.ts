/** What is done to a desk whose customers are in Teams. */
import type { Scenario } from './scenarios';

const teams = { channel: 'teams', escalate: 4, replies: 2 } as const;

export const teamsScenarios: readonly Scenario[] = [
  {
    ...teams,
    name: 'teams killed at every crash point',
    store: 'folder',
    servers: 1,
    short: { customers: 3, messages: 4, kills: 1 },
    long: { customers: 12, messages: 20, kills: 45 },
    deliveries: { again: 0.2 },
    troubles: [{ kind: 'crash' }],
    handedOver: true,
  },
  {
    ...teams,
    name: 'teams on two processes killed in turn',
    store: 'database',
    servers: 2,
    long: { customers: 8, messages: 12, kills: 20 },
    deliveries: { again: 0.2 },
    troubles: [{ kind: 'kill' }],
    handedOver: true,
  },
  {
    ...teams,
    name: 'teams slow, refusing, late and dead for a while',
    store: 'folder',
    servers: 1,
    long: { customers: 20, messages: 15 },
    deliveries: { again: 0.3, holdUpMs: 60 },
    callback: { down: 0.05, broken: 0.08, limited: 0.05, slow: 0.1, late: 0.04, cut: 0.05 },
    troubles: [{ kind: 'outage', of: 'callback', ms: 1_500, times: 3 }],
  },
];
