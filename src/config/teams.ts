/** The keys of Microsoft Teams and the other channels of the Bot Framework. */
import { z } from 'zod';
import { accountName, accounts, httpUrl } from './fields';

const uuid = (what: string) => z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, what);
const TYPES = ['SingleTenant', 'MultiTenant', 'UserAssignedMSI'] as const;

const TeamsAccount = z
  .strictObject({
    account: accountName,
    type: z.enum(TYPES, `use one of ${TYPES.join(', ')}, as the bot was created`).default('SingleTenant'),
    appId: uuid('copy the Microsoft App ID of the bot').optional(),
    appPassword: z.string().min(1, 'copy the value of a client secret').optional(),
    tenantId: uuid('copy the Directory (tenant) ID').optional(),
    development: z.boolean('use true or false').optional(),
  })
  .superRefine(({ type, appId, appPassword, tenantId, development }, context) => {
    const wants = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
    if (appId === undefined) {
      // Without it nothing can be verified: whoever reaches the address could speak as anybody.
      if (development !== true)
        wants(
          'appId',
          'copy the Microsoft App ID of the bot; only to try it with the Emulator on this machine set "development": true instead',
        );
      return;
    }
    if (type !== 'UserAssignedMSI' && appPassword === undefined) wants('appPassword', 'copy the value of a client secret of the app');
    if (type === 'UserAssignedMSI' && appPassword !== undefined) wants('appPassword', 'a managed identity has none; take it out');
    if (type !== 'MultiTenant' && tenantId === undefined) wants('tenantId', 'copy the Directory (tenant) ID of the app');
  });

export const teamsKeys = {
  TEAMS_ACCOUNTS: accounts(TeamsAccount, '[{"account":"school","appId":"…","appPassword":"…","tenantId":"…"}]').default([]),
  TEAMS_OPENID_URL: httpUrl.optional(),
};
