/** The keys of WeChat by personal accounts. */
import { z } from 'zod';
import { accountName, accounts } from './fields';

const seconds = z.number('use seconds').min(0).max(60);
const WechatAccount = z
  .strictObject({
    account: accountName,
    puppet: z.enum(['wechat4u', 'service', 'mock'], 'use service, wechat4u or mock'),
    /** `<name>_<secret>`: the part before the last `_` names the gateway's certificate. */
    token: z
      .string()
      .regex(/^[\w-]+_[\w-]{8,}$/, 'copy the whole token, such as puppet_padlocal_…')
      .optional(),
    endpoint: z
      .string()
      .regex(/^[\w.-]+:\d{1,5}$/, 'use host:port')
      .optional(),
    insecure: z.boolean().optional(),
    groups: z.boolean().default(true),
    pace: z
      .tuple([seconds, seconds], 'use two numbers of seconds such as [1,3]')
      .refine(([least, most]) => least <= most, 'write the shorter pause first')
      .default([1, 3]),
    heartbeatSeconds: z.number().min(1, 'use at least 1 second').max(3600).default(90),
  })
  .refine(({ puppet, token }) => puppet !== 'service' || token !== undefined, { path: ['token'], error: 'a service needs its token' });

export const wechatKeys = {
  WECHAT_ACCOUNTS: accounts(WechatAccount, '[{"account":"help","puppet":"service","token":"…"}]').default([]),
};
