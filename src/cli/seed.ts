/** `qiao seed FILE`: schools, customers, agents, incidents, settings and tickets out of one JSON file, checked as a whole first. */
import { z } from 'zod';
import type { SlotName } from '../../dialogs/vocabulary';
import { conversationId } from '../conversation/ids';
import { NATURES, STATUSES } from '../desk/view';
import { SETTINGS_ID, Settings } from '../settings';
import type { TicketDoc } from '../store/documents';
import type { Store } from '../store/store';
import { print, type Terminal, UsageError } from './lines';

const text = z.string().trim().min(1);
const moment = z.iso.datetime({ offset: true }).transform((iso) => new Date(iso));
const Customer = z.strictObject({
  channel: z.enum(['web', 'webhook', 'terminal', 'wechat', 'wechat-official', 'wecom', 'teams', 'slack', 'email', 'phone']),
  account: text.default('default'),
  user: text,
  role: z.enum(['parent', 'teacher', 'admin', 'prospect']).optional(),
  school: text.optional(),
  class: text.optional(),
  name: text.optional(),
  phone: text.optional(),
});
const field = z.partialRecord(z.enum(['school', 'class', 'name', 'phone', 'issue', 'remark']), text);
const Ticket = z.strictObject({
  number: z.string().regex(/^\d{8}-\d{4,}$/, 'write a number such as 20261122-0007'),
  form: z
    .enum(['intake', 'complaint', 'suggestion', 'repair', 'join', 'change', 'query', 'cancel', 'return', 'urgent', 'report'])
    .default('intake'),
  nature: z.enum(NATURES).default('咨询'),
  status: z.enum(STATUSES).default('open'),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).default('normal'),
  department: text.default('客服部'),
  customer: Customer.pick({ channel: true, account: true, user: true }),
  fields: field.default({}),
  createdAt: moment,
  dueAt: moment,
  result: text.optional(),
});
const Seed = z.strictObject({
  schools: z.array(z.strictObject({ name: text, aliases: z.array(text).default([]), region: text.optional() })).default([]),
  customers: z.array(Customer).default([]),
  agents: z
    .array(
      z.strictObject({ id: text, name: text, email: z.email().optional(), department: text.optional(), roles: z.array(text).default([]) }),
    )
    .default([]),
  incidents: z
    .array(z.strictObject({ id: text, title: text, message: text, school: text.optional(), from: moment, to: moment.optional() }))
    .default([]),
  tickets: z.array(Ticket).default([]),
  calendar: Settings.pick({ hours: true, holidays: true, workdays: true, hoursText: true }).partial().optional(),
  settings: Settings.partial().optional(),
});
const Parts = z.looseObject({ calendar: z.looseObject({}).default({}), settings: z.looseObject({}).default({}) });

export type Seed = z.infer<typeof Seed>;

/** Only what the file names: the schema of the settings fills in defaults, and those must not replace what a place has decided before. */
function named<T extends object>(parsed: T | undefined, given: Readonly<Record<string, unknown>>): Partial<T> | undefined {
  // Object.fromEntries() forgets whose keys they are.
  return parsed && (Object.fromEntries(Object.entries(parsed).filter(([key]) => key in given)) as Partial<T>);
}

/** Throws UsageError naming every problem with its place; nothing is written then. */
export function parseSeed(json: unknown): Seed {
  const parsed = Seed.safeParse(json);
  if (parsed.success) {
    const { calendar, settings } = Parts.parse(json);
    return { ...parsed.data, calendar: named(parsed.data.calendar, calendar), settings: named(parsed.data.settings, settings) };
  }
  const problems = parsed.error.issues.map((issue) => `  - ${issue.path.join('.') || 'file'}: ${issue.message}`);
  throw new UsageError(`the seed file cannot be used, nothing was written:\n${problems.join('\n')}`);
}

const remembered = ['school', 'class', 'name', 'phone'] as const satisfies readonly SlotName[];

function ticketOf(ticket: z.infer<typeof Ticket>, at: Date): TicketDoc {
  const { number, customer, fields, result, ...rest } = ticket;
  const slots = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { raw: value, value }]));
  return {
    ...rest,
    _id: number,
    key: `seed:${number}`,
    version: 0,
    conversation: conversationId(customer),
    channel: customer.channel,
    slots,
    flags: [],
    handoff: false,
    assignee: null,
    assigneeName: null,
    firstOwner: null,
    firstOwnerName: null,
    boards: {},
    deskAt: at.getTime(),
    relay: null,
    events: [{ id: `seed:${number}`, kind: 'opened', at: ticket.createdAt, by: 'seed', data: {} }],
    updatedAt: at,
    ...(result && { result }),
  };
}

/** Writes what the seed says; the same file twice changes nothing. `at` stamps new documents. */
export async function applySeed(store: Store, seed: Seed, at: Date): Promise<Readonly<Record<string, number>>> {
  for (const { name, aliases, region } of seed.schools) {
    await store.schools.update({ _id: name }, { $set: { name, aliases, ...(region && { region }) } }, { upsert: true });
  }
  for (const customer of seed.customers) {
    const { channel, account, user, role } = customer;
    const slots = Object.fromEntries(
      remembered.flatMap((slot) => {
        const value = customer[slot];
        return value ? [[slot, { raw: value, value }]] : [];
      }),
    );
    const set = { slots, updatedAt: at, ...(role && { role }), ...(customer.name && { name: customer.name }) };
    await store.customers.update(
      { _id: conversationId({ channel, account, user }) },
      { $set: set, $setOnInsert: { createdAt: at } },
      { upsert: true },
    );
  }
  for (const { id, ...agent } of seed.agents) await store.agents.update({ _id: id }, { $set: agent }, { upsert: true });
  for (const { id, ...incident } of seed.incidents) await store.incidents.update({ _id: id }, { $set: incident }, { upsert: true });
  for (const ticket of seed.tickets) await store.tickets.insert(ticketOf(ticket, at));
  const given = { ...seed.calendar, ...seed.settings };
  if (Object.keys(given).length > 0) {
    const stored = await store.settings.get(SETTINGS_ID);
    await store.settings.update({ _id: SETTINGS_ID }, { $set: { value: { ...stored?.value, ...given }, updatedAt: at } }, { upsert: true });
  }
  const { schools, customers, agents, incidents, tickets } = seed;
  return {
    schools: schools.length,
    customers: customers.length,
    agents: agents.length,
    incidents: incidents.length,
    tickets: tickets.length,
    settings: Object.keys(given).length,
  };
}

/** `file` is only how `text` is called. Resolves to how many of each kind were written; throws UsageError as parseSeed does. */
export async function seedCommand(
  terminal: Terminal,
  store: Store,
  { file, text: raw }: Readonly<{ file: string; text: string }>,
  at: Date,
): Promise<Readonly<Record<string, number>>> {
  let json: unknown;
  try {
    json = JSON.parse(raw);
  } catch (error) {
    throw new UsageError(`${file} is no JSON: ${error instanceof Error ? error.message : ''}`);
  }
  const counts = await applySeed(store, parseSeed(json), at);
  const line = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  print(terminal, `已写入 written：${line.join('，')}`);
  return counts;
}
