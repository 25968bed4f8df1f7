/** The Bot Framework SDK behind a few functions of ours: the only file that names it, so that a successor can take its place. */
import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type ConversationReference,
  TurnContext,
} from 'botbuilder';
import { inTime } from '../inTime';
import { channelError } from './failure';
import type { TeamsAccount } from './options';
import type { Reference } from './reference';
import { createTransport } from './transport';

const LOGIN = 'https://login.microsoftonline.com/';
const SCOPE = 'https://api.botframework.com';
const EMULATOR_KEYS = `${LOGIN}botframework.com/v2.0/.well-known/openid-configuration`;
/** Channels give up after about 15 s. */
const VERIFY_WITHIN_MS = 8_000;
/** The SDK checks this kind of channel by other rules, against whichever account was set up last. */
const UNSUPPORTED = 'AseChannel';

export type Verdict = 'ours' | 'forged' | 'keys-away';

export type Connector = Readonly<{
  /** Whether the platform signed it for this account, by the token in the `Authorization` header. */
  verify(activity: Readonly<{ channelId: string; serviceUrl: string }>, authorization: string): Promise<Verdict>;
  /** Says one thing in a conversation, whenever that is; throws ChannelError. */
  send(reference: Reference, activity: object): Promise<void>;
  /** What the platform lets us read files with; empty when nothing is signed. Throws ChannelError. */
  authorization(): Promise<string>;
}>;

export type ConnectorOptions = Readonly<{ openIdUrl: string | undefined; sendWithinMs: number; now: () => number }>;

export function createConnector(account: TeamsAccount, { openIdUrl, sendWithinMs, now }: ConnectorOptions): Connector {
  const { appId = '', appPassword, tenantId, type } = account;
  const identity = {
    MicrosoftAppId: appId,
    MicrosoftAppType: type,
    ...(appPassword !== undefined && { MicrosoftAppPassword: appPassword }),
    ...(tenantId !== undefined && { MicrosoftAppTenantId: tenantId }),
  };
  const credentials = new ConfigurationServiceClientCredentialFactory(appId === '' ? {} : identity);
  const elsewhere = openIdUrl !== undefined && {
    // The SDK takes all addresses or none.
    ToChannelFromBotLoginUrl: `${LOGIN}botframework.com`,
    ToChannelFromBotOAuthScope: SCOPE,
    ToBotFromChannelTokenIssuer: SCOPE,
    OAuthUrl: SCOPE,
    ToBotFromChannelOpenIdMetadataUrl: openIdUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: EMULATOR_KEYS,
  };
  const authentication = new ConfigurationBotFrameworkAuthentication(
    { ...(appId !== '' && identity), ...elsewhere },
    credentials,
    undefined,
    undefined,
    // Its types speak of a class where it calls one function.
    { httpClient: createTransport(sendWithinMs, now) as unknown as HttpClient },
  );
  const adapter = new CloudAdapter(authentication);

  return {
    async verify(activity, authorization) {
      // Without an app id the SDK takes everything for verified.
      if (appId === '' || activity.channelId === UNSUPPORTED) return 'forged';
      // The SDK reads channelId and serviceUrl of it.
      const checked = authentication.authenticateRequest(activity as Activity, authorization).then(() => 'ours' as const, verdictOf);
      return inTime(checked, VERIFY_WITHIN_MS, 'keys-away');
    },
    async send(reference, activity) {
      const { user, bot, serviceUrl, channelId, locale, conversation } = reference;
      // Its types want fields that no platform asks for.
      const place = { user, bot, serviceUrl, channelId, conversation, ...(locale && { locale }) } as ConversationReference;
      try {
        await adapter.continueConversationAsync(appId, place, async (context) => {
          // Through the context it would answer the event that began this turn, which is only the SDK's.
          await context.adapter.sendActivities(context, [TurnContext.applyConversationReference({ ...activity }, place)]);
        });
      } catch (error) {
        throw channelError(error);
      }
    },
    async authorization() {
      if (appId === '') return '';
      const signing = await credentials.createCredentials(appId, SCOPE, `${LOGIN}botframework.com`, true);
      const headers = new Headers();
      try {
        await signing.signRequest({ headers } as unknown as Parameters<typeof signing.signRequest>[0]);
      } catch (error) {
        throw channelError(error);
      }
      return headers.get('authorization') ?? '';
    },
  };
}

type HttpClient = NonNullable<NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>['httpClient']>;

/** A token that cannot be checked is not taken either; but its sender may come again. */
function verdictOf(error: unknown): Verdict {
  if (!(error instanceof Error)) return 'forged';
  const keysAway = error.name === 'FetchError' || ('statusCode' in error && Number(error.statusCode) >= 500);
  return keysAway ? 'keys-away' : 'forged';
}
