/** The keys of the webhook: gateways that speak our own JSON. */
import { z } from 'zod';
import { accountName, accounts, httpUrl, secret } from './fields';

const WebhookAccount = z.strictObject({ account: accountName, secret, callback: httpUrl.optional() });

export const webhookKeys = {
  WEBHOOK_ACCOUNTS: accounts(WebhookAccount, '[{"account":"sms","secret":"…","callback":"https://…"}]').default([]),
};
