/** Where a customer's conversation is at its platform, kept so that the desk can speak whenever it has something to say. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Address } from '../../dialogs/vocabulary';
import { amend, type Notebook } from '../notebook';
import { type Activity, isGroup, type Party } from './activity';

const Known = z.object({ id: z.string(), name: z.string().optional() });
const Reference = z.object({
  serviceUrl: z.string(),
  channelId: z.string(),
  conversation: z.object({ id: z.string(), conversationType: z.string().optional(), tenantId: z.string().optional() }),
  bot: Known,
  user: Known,
  locale: z.string().optional(),
  group: z.boolean(),
});
export type Reference = Readonly<z.infer<typeof Reference>>;

export type References = Readonly<{
  /** Writes it down when it is new or changed. */
  keep(address: Address, reference: Reference): Promise<void>;
  /** Null when this customer never wrote. */
  of(address: Address): Promise<Reference | null>;
}>;

const known = ({ id, name }: Party): z.infer<typeof Known> => ({ id, ...(name && { name }) });

/** Of a verified activity only: whatever is sent goes to its `serviceUrl`. */
export function referenceOf(activity: Activity, by: Party, appId: string): Reference {
  const { serviceUrl, channelId, recipient, locale } = activity;
  const { id, conversationType, tenantId } = activity.conversation;
  return {
    serviceUrl,
    channelId,
    conversation: { id, ...(conversationType && { conversationType }), ...(tenantId && { tenantId }) },
    bot: known(recipient ?? { id: appId || 'qiao', name: undefined }),
    user: known(by),
    ...(locale && { locale }),
    group: isGroup(activity),
  };
}

export function createReferences(notebook: Notebook): References {
  const keyOf = ({ account, user, thread = '' }: Address): string =>
    `at/${createHash('sha256')
      .update(JSON.stringify([account, user, thread]))
      .digest('base64url')}`;
  const read = (value: unknown): Reference | null => Reference.safeParse(value).data ?? null;
  return {
    async keep(address, reference) {
      const key = keyOf(address);
      const note = await notebook.read(key);
      if (note && JSON.stringify(read(note.value)) === JSON.stringify(Reference.parse(reference))) return;
      await amend(notebook, key, () => reference);
    },
    async of(address) {
      return read((await notebook.read(keyOf(address)))?.value);
    },
  };
}
