/** What is done to a desk whose customers write to a personal WeChat account; its login ends and comes again throughout. */
import type { Scenario } from './scenarios';

const wechat = { channel: 'wechat', escalate: 4, replies: 2, deliveries: { again: 0.3 } } as const;

export const wechatScenarios: readonly Scenario[] = [
  {
    ...wechat,
    name: 'wechat killed at crash points',
    store: 'folder',
    servers: 1,
    short: { customers: 3, messages: 4, kills: 1 },
    long: { customers: 8, messages: 12, kills: 18 },
    troubles: [{ kind: 'crash' }],
    handedOver: true,
  },
  {
    ...wechat,
    name: 'wechat killed at random times',
    store: 'folder',
    servers: 1,
    long: { customers: 8, messages: 12, kills: 18 },
    troubles: [{ kind: 'kill' }],
    handedOver: true,
  },
  {
    ...wechat,
    name: 'wechat on two processes killed in turn',
    store: 'database',
    servers: 2,
    long: { customers: 6, messages: 10, kills: 10 },
    troubles: [{ kind: 'kill' }],
    handedOver: true,
  },
  {
    ...wechat,
    name: 'wechat gateway dead for a while',
    store: 'folder',
    servers: 1,
    long: { customers: 12, messages: 12 },
    troubles: [{ kind: 'gateway', ms: 1_500, times: 4 }],
  },
  {
    ...wechat,
    name: 'wechat slow, failing and away',
    store: 'folder',
    servers: 1,
    short: { customers: 3, messages: 4 },
    long: { customers: 12, messages: 12 },
    callback: { down: 0.05, broken: 0.05, slow: 0.1, cut: 0.05 },
    troubles: [{ kind: 'outage', of: 'callback', ms: 1_500, times: 3 }],
  },
];
