/** A platform's directory of families in our books: who writes to us need not be asked what their school has told already. */
import type { Child, Family, FamilyDirectory } from '../../adapters/directory';
import { validate } from '../../dialogs/extract';
import type { ChannelName, Slot, SlotName, Slots } from '../../dialogs/vocabulary';
import { conversationId, hashOf } from '../conversation/ids';
import type { ContactDoc } from '../store/documents';
import type { Store } from '../store/store';

/** Everybody else's customers are spared a look. */
const WITH_DIRECTORY: readonly ChannelName[] = ['wecom'];

/** `gone`: stood in the last import and no more in this one. */
export type Imported = Readonly<{ schools: number; added: number; changed: number; same: number; gone: number }>;

/** The directory replaces what was imported from the same account before; a second time it changes nothing. */
export async function importDirectory(
  store: Pick<Store, 'contacts' | 'schools'>,
  from: Readonly<{ channel: ChannelName; account: string }>,
  directory: FamilyDirectory,
  at: Date,
): Promise<Imported> {
  const source = `${from.channel}:${from.account}`;
  let schools = 0;
  for (const name of directory.schools) {
    if ((await store.schools.count({ $or: [{ _id: name }, { name }] })) > 0) continue;
    if ((await store.schools.insert({ _id: name, name, aliases: [] })).inserted) schools += 1;
  }
  const before = new Map((await store.contacts.find({ source })).map(({ _id, hash }) => [_id, hash]));
  const counts = { added: 0, changed: 0, same: 0, gone: 0 };
  for (const family of directory.families) {
    const contact = contactOf(from, source, family, at);
    const known = before.get(contact._id);
    before.delete(contact._id);
    if (known === contact.hash) {
      counts.same += 1;
      continue;
    }
    const { _id, ...set } = contact;
    await store.contacts.update({ _id }, { $set: set }, { upsert: true });
    counts[known === undefined ? 'added' : 'changed'] += 1;
  }
  for (const _id of before.keys()) if (await store.contacts.remove({ _id })) counts.gone += 1;
  return { schools, ...counts };
}

function contactOf(from: Readonly<{ channel: ChannelName; account: string }>, source: string, family: Family, at: Date): ContactDoc {
  const { user, phone, children } = family;
  const said = { ...common(children), ...(phone !== undefined && { phone: slot('phone', phone) }) };
  const known = { source, role: 'parent' as const, slots: said, children: [...children] };
  return { _id: conversationId({ ...from, user }), ...known, hash: hashOf(known), updatedAt: at };
}

/** What holds whichever child it is about: of brothers and sisters only what they share. */
function common(children: readonly Child[]): Slots {
  const shared = (name: SlotName, of: (child: Child) => string | undefined): Slots => {
    const values = new Set(children.map(of));
    const [value] = values;
    return values.size === 1 && value ? { [name]: slot(name, value) } : {};
  };
  return {
    ...shared('school', ({ school }) => school),
    ...shared('class', ({ className }) => className),
    ...shared('name', ({ name }) => name),
    ...shared('relation', ({ relation }) => relation),
  };
}

/** In the form a customer's own words would have got; a school of the directory is one we know. */
function slot(name: SlotName, raw: string): Slot {
  if (name === 'school') return { raw, value: raw, verified: true };
  const checked = validate(name, raw, { schools: [], directory: false, at: 0 });
  return { raw, value: checked.ok ? checked.slot.value : raw };
}

/** What a directory says of whoever writes from this address; null when none knows them. */
export async function contactOfConversation(store: Pick<Store, 'contacts'>, conversation: string): Promise<ContactDoc | null> {
  if (!WITH_DIRECTORY.some((channel) => conversation.startsWith(`${channel}:`))) return null;
  // A directory knows the person, not on which of our lines they write.
  const person = conversation.split(':').slice(0, 3).join(':');
  return store.contacts.get(person);
}
