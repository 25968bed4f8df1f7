/** What a caller told an agent becomes a ticket by the road of every message: the form filled in, read back, confirmed; only the fingers are the agent's. */
import { explain } from '../../dialogs/copy/reasons';
import { zh } from '../../dialogs/copy/zh';
import { validate } from '../../dialogs/extract/validate';
import { forms } from '../../dialogs/forms';
import type { Address, Content, FormName, SchoolMatch, Slot, SlotName, Slots, State } from '../../dialogs/vocabulary';
import type { Conversations } from '../conversation/conversations';
import type { Scheduler } from '../conversation/deps';
import { conversationId } from '../conversation/ids';
import type { CallDoc } from '../store/documents';
import type { Store } from '../store/store';
import { readAloud } from './script';

export type Values = Readonly<Partial<Record<SlotName, string>>>;
/** `id` is made once for each registration and kept on every retry. */
export type Registration = Readonly<{
  id: string;
  agent: string;
  agentName: string;
  form: FormName;
  values: Values;
  confirmed: boolean;
}>;
export type Registered =
  /** `problems`, field by field, in words for the agent. */
  | Readonly<{ kind: 'invalid'; problems: Values }>
  /** To be read aloud; nothing is written down yet. */
  | Readonly<{ kind: 'readBack'; text: string }>
  | Readonly<{ kind: 'registered'; ticket: string; duplicate: boolean }>
  /** The desk could not make a ticket of it, with what it said instead. */
  | Readonly<{ kind: 'refused'; message: string }>;

const TURN_MS = 10_000;
const WRITTEN_MS = 5_000;
const POLL_MS = 50;

export type RegisterDeps = Readonly<{
  store: Pick<Store, 'calls' | 'conversations' | 'tickets'>;
  conversations: Pick<Conversations, 'accept' | 'settle' | 'deliver'>;
  schools: () => Promise<Readonly<{ directory: Readonly<{ find(text: string): readonly SchoolMatch[] }>; size: number }>>;
  now: () => number;
  scheduler: Scheduler;
}>;

/** The slots of a form as far as they are right, and what is wrong with the others: the same checks as in the chat. */
export async function checked(
  deps: Pick<RegisterDeps, 'schools' | 'now'>,
  form: FormName,
  values: Values,
): Promise<Readonly<{ slots: Slots; problems: Values }>> {
  const { directory, size } = await deps.schools();
  const context = { schools: values.school ? directory.find(values.school) : [], directory: size > 0, at: deps.now() };
  const slots: Partial<Record<SlotName, Slot>> = {};
  const problems: Partial<Record<SlotName, string>> = {};
  for (const { name, need } of forms[form].fields) {
    const value = values[name]?.trim() ?? '';
    if (value === '' && need === 'required') problems[name] = `请填写${zh.slots[name]}。`;
    if (value === '') continue;
    const read = validate(name, value, { ...context, asked: name });
    if (read.ok) slots[name] = read.slot;
    else problems[name] = explain(read.rejection, 'zh');
  }
  return { slots, problems };
}

export async function register(deps: RegisterDeps, call: CallDoc, given: Registration): Promise<Registered> {
  const done = call.registered.find(({ id }) => id === given.id);
  if (done) return { kind: 'registered', ticket: done.ticket, duplicate: true };
  const { slots, problems } = await checked(deps, given.form, given.values);
  if (Object.keys(problems).length > 0) return { kind: 'invalid', problems };
  if (!given.confirmed) return { kind: 'readBack', text: readAloud(given.form, slots) };
  const values = Object.fromEntries(Object.entries(slots).map(([name, slot]) => [name, slot.value]));
  const { state, said } = await tell(deps, call, given, values);
  const ticket = state?.memory.tickets.at(-1);
  if (ticket === undefined || !(await isWritten(deps, ticket))) {
    return { kind: 'refused', message: said || '登记没有完成，请稍后重试。' };
  }
  await own(deps, call, given, ticket);
  return { kind: 'registered', ticket, duplicate: false };
}

/** A conversation for each registration: what is told in it is about this matter alone, whoever has been called by this number before. */
const addressOf = (call: CallDoc, { id }: Registration): Address => ({
  channel: 'phone',
  account: call.account,
  user: call.caller || 'withheld',
  thread: `${call.call}.${id}`,
});

async function tell(deps: RegisterDeps, call: CallDoc, given: Registration, values: Values) {
  const { conversations, store, now } = deps;
  const from = addressOf(call, given);
  const conversation = conversationId(from);
  const say = async (step: string, content: Content): Promise<Readonly<{ state: State | undefined; said: string }>> => {
    const accepted = await conversations.accept({ id: `${call.call}.${given.id}.${step}`, from, at: now(), locale: 'zh', content });
    const replies = await conversations.settle(accepted, TURN_MS);
    return { state: (await store.conversations.get(conversation))?.state, said: replies.map(({ reply }) => reply.text).join('\n') };
  };
  if (given.form !== 'intake') await say('form', { kind: 'choice', value: `form:${given.form}` });
  const filled = await say('fields', { kind: 'fields', values });
  // An urgent matter is a ticket before it is complete.
  return filled.state?.phase === 'confirming' ? say('confirm', { kind: 'choice', value: 'confirm' }) : filled;
}

/** The turn is saved when it is answered; the ticket stands a moment later. */
async function isWritten({ store, scheduler, now }: RegisterDeps, ticket: string): Promise<boolean> {
  for (const until = now() + WRITTEN_MS; ; ) {
    if (await store.tickets.get(ticket)) return true;
    if (now() >= until) return false;
    await new Promise<void>((resolve) => void scheduler.after(POLL_MS, resolve));
  }
}

/** Who registered it answers for it (S4-34), and nobody waits in a chat that is none. */
async function own({ conversations, store, now }: RegisterDeps, call: CallDoc, given: Registration, ticket: string): Promise<void> {
  const { agent, agentName, id } = given;
  const by = { at: now(), ticket, agent, agentName };
  await conversations.deliver({ ...by, id: `${call._id}.${id}.claim`, kind: 'claim' });
  const state = (await store.conversations.get(conversationId(addressOf(call, given))))?.state;
  if (state?.phase === 'withAgent') await conversations.deliver({ ...by, id: `${call._id}.${id}.return`, kind: 'return' });
  await store.calls.change(
    { _id: call._id, 'registered.id': { $ne: id } },
    { $push: { registered: { id, ticket, agent, at: new Date(now()) } }, $set: { updatedAt: new Date(now()) }, $inc: { version: 1 } },
  );
}
