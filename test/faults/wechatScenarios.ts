/** What is done to a desk whose customers write to a personal WeChat account; its login ends and comes again throughout. */
import type { Scenario } from './scenarios';

const wechat = { channel: 'wechat', escalate: 4, replies: 2, deliveries: { again: 0.3 } } as const;

export const wechatScenarios: readonly Scenario[] = [
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
