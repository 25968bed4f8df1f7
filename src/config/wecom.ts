/** The keys of WeCom customer service (微信客服). */
import { z } from 'zod';
import { accountName, accounts, httpUrl } from './fields';

const WecomAccount = z.strictObject({
  account: accountName,
  corpId: z.string('copy the corp id from 我的企业').regex(/^ww[0-9A-Za-z]{4,}$/, 'copy the corp id that begins with ww from 我的企业'),
  secret: z.string('copy the Secret of the application').min(16, 'copy the Secret of the application whole'),
  directorySecret: z.string().min(16, 'copy the Secret of the application for 家校沟通 whole').optional(),
  token: z.string('copy Token from 接收消息').min(3, 'copy Token from 接收消息'),
  aesKey: z
    .string('copy EncodingAESKey from 接收消息')
    .regex(/^[A-Za-z0-9]{43}$/, 'copy all 43 characters of EncodingAESKey from 接收消息'),
  kfids: z
    .array(
      z.string().regex(/^wk[\w-]+$/, 'use the id of a customer-service account such as wkAJ2GCAAA…'),
      'list the customer-service accounts',
    )
    .min(1, 'list at least one customer-service account')
    .refine((ids) => new Set(ids).size === ids.length, 'a customer-service account stands here twice'),
});

export const wecomKeys = {
  WECOM_ACCOUNTS: accounts(
    WecomAccount,
    '[{"account":"school","corpId":"ww…","secret":"…","token":"…","aesKey":"…","kfids":["wk…"]}]',
  ).default([]),
  WECOM_API_URL: httpUrl.optional(),
};
