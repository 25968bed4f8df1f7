/** Tickets over HTTP: look, export, and what an agent may do to one. Every act walks the road of a message. */
import { Router } from 'express';
import { z } from 'zod';
import type { AgentEvent, Office } from '../../adapters/desk';
import { refuse, sendJson } from '../../adapters/http';
import { SLOT_NAMES } from '../../dialogs/vocabulary';
import type { Conversations } from '../conversation/conversations';
import { NATURES, STATUSES, ticketsAsCsv, viewTicket } from '../desk/view';
import type { Filter } from '../store/collection';
import type { Store } from '../store/store';

const text = z.string().trim().min(1);
const whole = z
  .string()
  .regex(/^\d{1,9}$/, 'write a whole number')
  .transform(Number);
const Query = z.object({
  status: z.enum(STATUSES).optional(),
  nature: z.enum(NATURES).optional(),
  department: text.optional(),
  conversation: text.optional(),
  flag: text.optional(),
  format: z.enum(['json', 'csv']).default('json'),
  limit: whole.pipe(z.number().min(1).max(1000)).default(100),
  skip: whole.default(0),
});

const agent = { agent: text.max(100), agentName: text.max(100), id: text.max(100).optional() };
const Colleague = z.strictObject({ agent: text.max(100), agentName: text.max(100) });
const Department = z.strictObject({ department: text.max(100) });
const Values = z.partialRecord(z.enum(SLOT_NAMES), z.string().max(1000));
type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;
/** An act as it is posted: the path names the ticket, the hour is ours, an id is made when none comes; who is a supervisor is looked up. */
type Body = Without<AgentEvent, 'id' | 'at' | 'ticket' | 'supervisor'> & Readonly<{ id?: string | undefined }>;
const Act = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('claim'), takeOver: z.boolean().optional(), ...agent }),
  z.object({ kind: z.literal('reply'), text: text.max(4000), ...agent }),
  z.object({ kind: z.literal('note'), text: text.max(4000), ...agent }),
  z.object({ kind: z.literal('assign'), to: z.union([Colleague, Department], 'name an agent with agentName, or a department'), ...agent }),
  z.object({ kind: z.literal('amend'), values: Values, ...agent }),
  z.object({ kind: z.literal('escalate'), reason: text.max(1000), ...agent }),
  z.object({ kind: z.literal('acknowledge'), ...agent }),
  z.object({ kind: z.literal('return'), ...agent }),
  z.object({ kind: z.literal('resolve'), result: text.max(4000), cause: text.max(1000).optional(), ...agent }),
  z.object({ kind: z.literal('reopen'), reason: text.max(1000), ...agent }),
  z.object({ kind: z.literal('merge'), with: text.max(100), ...agent }),
  z.object({ kind: z.literal('unmerge'), merge: text.max(500), ...agent }),
]) satisfies z.ZodType<Body>;

const sayIssues = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ');

export function ticketRoutes(
  deps: Readonly<{
    store: Store;
    conversations: Pick<Conversations, 'deliver'>;
    office: Pick<Office, 'candidates' | 'elsewhere'>;
    now: () => number;
    newId: () => string;
  }>,
): Router {
  const { store } = deps;
  const router = Router();
  const isSupervisor = async (id: string): Promise<boolean> => (await store.agents.get(id))?.roles.includes('supervisor') === true;

  router.get('/tickets', async (request, response) => {
    const query = Query.safeParse(request.query);
    if (!query.success) return refuse(response, 'query-invalid', `Mend the query: ${sayIssues(query.error)}`);
    const { format, limit, skip, flag, ...equal } = query.data;
    const filter: Filter = { ...equal, ...(flag ? { flags: flag } : {}) };
    const found = await store.tickets.find(filter, { sort: { createdAt: -1, _id: -1 }, limit, skip });
    const tickets = found.map(viewTicket);
    if (format === 'csv') return void response.type('text/csv; charset=utf-8').attachment('tickets.csv').send(ticketsAsCsv(tickets));
    response.json({ tickets, total: await store.tickets.count(filter) });
  });

  router.get('/tickets/:number', async (request, response) => {
    const ticket = await store.tickets.get(request.params.number);
    if (!ticket) return refuse(response, 'ticket-unknown', 'No ticket has this number.');
    const transcript = await store.messages.find(
      { conversation: ticket.conversation, seq: { $ne: null } },
      { sort: { seq: -1 }, limit: 200 },
    );
    response.json({
      ticket: viewTicket(ticket),
      elsewhere: await deps.office.elsewhere(ticket._id),
      events: ticket.events,
      transcript: transcript.reverse().map(({ seq, at, author, authorName, content, reply, status }) => ({
        seq,
        at,
        author,
        authorName,
        content,
        reply,
        status,
      })),
    });
  });

  router.get('/tickets/:number/candidates', async (request, response) => {
    const asking = text.max(100).safeParse(request.query.agent);
    if (!asking.success) return refuse(response, 'query-invalid', 'Say with agent=<id> for whom: whom they may see is theirs alone.');
    const id = asking.data;
    const found = await deps.office.candidates(request.params.number, { id, supervisor: await isSupervisor(id) });
    if (found.kind === 'candidates') return sendJson(response, 200, { here: found.here, candidates: found.candidates });
    refuse(response, found.reason === 'unknown-ticket' ? 'ticket-unknown' : 'act-refused', found.message);
  });

  router.post('/tickets/:number/acts', async (request, response) => {
    if (request.body === undefined)
      return refuse(response, 'media-type-wrong', 'Send the act as JSON with Content-Type: application/json.');
    const act = Act.safeParse(request.body);
    if (!act.success) return refuse(response, 'act-invalid', `Mend the act: ${sayIssues(act.error)}`);
    const ticket = await store.tickets.get(request.params.number);
    if (!ticket) return refuse(response, 'ticket-unknown', 'No ticket has this number.');
    const { id, ...rest } = act.data;
    const common = { id: id ?? deps.newId(), at: deps.now(), ticket: ticket._id };
    const event: AgentEvent =
      rest.kind === 'merge' || rest.kind === 'unmerge'
        ? { ...rest, ...common, supervisor: await isSupervisor(rest.agent) }
        : { ...rest, ...common };
    const delivered = await deps.conversations.deliver(event, response.get('x-request-id'));
    if (delivered.kind === 'refused') {
      const code = delivered.reason === 'unknown-ticket' ? 'ticket-unknown' : 'act-refused';
      return refuse(response, code, delivered.message);
    }
    response.status(202).json(delivered);
  });

  return router;
}
