/** The desk's door to the gateway of a scenario, in a file of its own so that other scenarios need not load what it needs. */
import { join } from 'node:path';
// Loaded before the desk is up, so that it is killed at work and not while it loads.
import 'wechaty';
import 'wechaty-puppet-service';
import { createWechat, type Wechat } from '../../adapters/wechat';
import type { WechatOptions } from '../../adapters/wechat/options';

type Inside = Pick<WechatOptions, 'notebook' | 'files' | 'log' | 'now' | 'owner' | 'shared'> & Readonly<{ dir: string }>;

/** Short enough for a test to outlast them. */
const PATIENCE = { restartMs: [50, 100, 200], acceptMs: [20, 50, 100], fetchMs: [20, 50], leaseMs: 2_000, lookMs: 100 };
/** Customers of a scenario write more than people do. */
const NEVER = 1_000_000;

/** `reached` is what the platform said of itself. */
export const openWechatDoor = (reached: string, { dir, ...inside }: Inside): Wechat =>
  createWechat({
    accounts: [{ ...JSON.parse(reached), groups: false, pace: [0, 0], heartbeatSeconds: 5 }],
    folder: join(dir, 'wechat'),
    alert: async () => undefined,
    admitted: async () => true,
    patience: PATIENCE,
    loops: { alone: NEVER, any: NEVER },
    ...inside,
  });
