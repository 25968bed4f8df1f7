/** The keys of WeChat official accounts (公众号). */
import { z } from 'zod';
import { accountName, accounts, httpUrl } from './fields';

const Template = z.strictObject({
  id: z.string('copy it from 模板消息').min(10, 'copy it whole from 模板消息'),
  url: httpUrl.optional(),
  fields: z.record(z.string().regex(/^\w{1,32}$/, 'name the fields as the template does, such as thing1'), z.string()),
});
const WechatOfficialAccount = z.strictObject({
  account: accountName,
  appId: z.string('copy it from 基本配置').regex(/^wx[0-9a-f]{16}$/, 'copy the 18 characters that begin with wx from 基本配置'),
  appSecret: z.string('copy it from 基本配置').min(16, 'copy it whole from 基本配置'),
  token: z
    .string('write the Token entered in 服务器配置')
    .regex(/^[A-Za-z0-9]{3,32}$/, 'use 3–32 letters and digits, as 服务器配置 has it'),
  aesKey: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}$/, 'copy the EncodingAESKey of 43 characters from 服务器配置')
    .optional(),
  stableToken: z.boolean().default(false),
  template: Template.optional(),
  apiBase: httpUrl.transform((url) => url.replace(/\/$/, '')).default('https://api.weixin.qq.com'),
});

export const wechatOfficialKeys = {
  WECHAT_OFFICIAL_ACCOUNTS: accounts(
    WechatOfficialAccount,
    '[{"account":"school","appId":"wx…","appSecret":"…","token":"…","aesKey":"…"}]',
  ).default([]),
};
