/** Calls over HTTP for the agent's screen: who calls, what to say, and the registration. The PBX's own door is adapters/phone. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { refuse, sendJson } from '../../adapters/http';
import { forms } from '../../dialogs/forms';
import { type FormName, SLOT_NAMES } from '../../dialogs/vocabulary';
import type { Calls, Viewer } from '../calls/calls';
import type { Store } from '../store/store';

const DAY_MS = 24 * 60 * 60 * 1000;
const text = z.string().trim().min(1).max(100);
const isForm = (name: string): name is FormName => Object.hasOwn(forms, name);
const formName = z.string().refine(isForm, 'name one of the forms of GET …/form');
const instant = z.iso.datetime({ offset: true }).transform((when) => Date.parse(when));
const List = z.object({
  agent: text.optional(),
  since: instant.optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.number().min(1).max(100))
    .default(20),
  viewer: text.optional(),
});
const Period = z.object({ from: instant.optional(), until: instant.optional() });
const Registration = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/, 'send an id of your own, the same on every retry'),
  agent: text,
  agentName: text,
  form: formName.default('intake'),
  values: z.partialRecord(z.enum(SLOT_NAMES), z.string().max(2000)),
  confirmed: z.boolean().default(false),
});

const problemsOf = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ');

export function callRoutes({ calls, store, now }: Readonly<{ calls: Calls; store: Pick<Store, 'agents'>; now: () => number }>): Router {
  const router = Router();

  /** Whose eyes it is for: `viewer` is an agent's id. Without one every number is covered. */
  async function viewerOf(id: unknown): Promise<Viewer> {
    const agent = typeof id === 'string' && id !== '' ? await store.agents.get(id) : null;
    return agent && { id: agent._id, supervisor: agent.roles.includes('supervisor') };
  }

  const unknown = (response: Response): void =>
    refuse(response, 'call-unknown', 'No call has this id; it is the id POST /api/calls answered with.');

  router.get('/calls', async (request, response) => {
    const query = List.safeParse(request.query);
    if (!query.success) return refuse(response, 'query-invalid', `Mend the query: ${problemsOf(query.error)}`);
    const { agent, since, limit, viewer } = query.data;
    const asked = { limit, ...(agent !== undefined && { agent }), ...(since !== undefined && { since }) };
    sendJson(response, 200, { calls: await calls.list(asked, await viewerOf(viewer)) });
  });

  router.get('/calls/figures', async (request, response) => {
    const query = Period.safeParse(request.query);
    if (!query.success) return refuse(response, 'query-invalid', `Mend the query: ${problemsOf(query.error)}`);
    const { until = now(), from = until - DAY_MS } = query.data;
    sendJson(response, 200, {
      from: new Date(from).toISOString(),
      until: new Date(until).toISOString(),
      ...(await calls.figures(from, until)),
    });
  });

  router.get('/calls/:id', async (request, response) => {
    const view = await calls.view(request.params.id, await viewerOf(request.query.viewer));
    return view ? sendJson(response, 200, view) : unknown(response);
  });

  router.get('/calls/:id/form', async (request, response) => {
    const form = formName.safeParse(request.query.form ?? 'intake');
    if (!form.success) return refuse(response, 'query-invalid', `Mend the query: form: ${problemsOf(form.error)}`);
    const script = await calls.script(request.params.id, form.data, await viewerOf(request.query.viewer));
    return script ? sendJson(response, 200, script) : unknown(response);
  });

  router.post('/calls/:id/ticket', async (request: Request<{ id: string }>, response) => {
    if (request.body === undefined)
      return refuse(response, 'media-type-wrong', 'Send the registration as JSON with Content-Type: application/json.');
    const given = Registration.safeParse(request.body);
    if (!given.success) return refuse(response, 'act-invalid', `Mend the registration: ${problemsOf(given.error)}`);
    const done = await calls.register(request.params.id, given.data);
    if (!done) return unknown(response);
    switch (done.kind) {
      case 'invalid': {
        const message = Object.values(done.problems).join('');
        return sendJson(response, 400, { error: { code: 'act-invalid', message, fields: done.problems } });
      }
      case 'refused':
        return refuse(response, 'act-refused', done.message);
      case 'readBack':
        return sendJson(response, 200, { readBack: done.text });
      case 'registered':
        return sendJson(response, done.duplicate ? 200 : 201, { ticket: done.ticket });
    }
  });

  return router;
}
