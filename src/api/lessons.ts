/** The desk's knowledge over HTTP: what it could not answer, and how people teach it while it runs. Whoever may is decided before. */
import express, { type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { refuse, sendJson } from '../../adapters/http';
import type { Lesson, Lessons } from '../learning/lessons';

const DAY_MS = 86_400_000;
const text = z.string().trim().min(1);
const given = { by: text.max(100), dryRun: z.boolean().default(false) };
const Wording = z.strictObject({ article: text.max(100), text: text.max(500), ...given });
const NewArticle = z.strictObject({ text: z.string().min(1).max(60_000), ticket: text.max(40).optional(), ...given });
const Days = z.object({
  days: z
    .string()
    .regex(/^\d{1,4}$/, 'write a whole number of days')
    .transform(Number)
    .default(30),
});
const Text = z.object({ text });
const By = z.object({ by: text.max(100) });

const issuesOf = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ');

/** Hands `parse`d query or body on, or refuses saying what to mend. */
function reading<T>(
  from: 'query' | 'body',
  parse: z.ZodType<T>,
  handle: (given: T, ...rest: Parameters<RequestHandler>) => Promise<void>,
): RequestHandler {
  return async (request, response, next) => {
    if (from === 'body' && request.body === undefined)
      return refuse(response, 'media-type-wrong', 'Send the lesson as JSON with Content-Type: application/json.');
    const parsed = parse.safeParse(request[from]);
    if (parsed.success) return handle(parsed.data, request, response, next);
    refuse(
      response,
      from === 'body' ? 'act-invalid' : 'query-invalid',
      `Mend the ${from === 'body' ? 'lesson' : 'query'}: ${issuesOf(parsed.error)}`,
    );
  };
}

/** Mount at /api/knowledge. A lesson that breaks a promise is answered with `kept: false` and what it breaks. */
export function lessonRoutes({
  lessons,
  guard,
  now,
}: Readonly<{ lessons: Lessons; guard: readonly RequestHandler[]; now: () => number }>): Router {
  const router = Router();
  router.use(...guard, express.json({ limit: '256kb' }));

  /** A supervisor signs with their own name. */
  const signed = ({ locals: { supervisor } }: Response): Readonly<{ by?: string }> =>
    typeof supervisor === 'string' ? { by: supervisor } : {};
  const tell = (response: Response, lesson: Lesson): void => {
    if (lesson.ok) sendJson(response, 200, lesson);
    else refuse(response, 'lesson-refused', lesson.problem);
  };
  const gone = (response: Response, was: boolean, what: string): void =>
    was ? sendJson(response, 200, {}) : refuse(response, 'lesson-unknown', what);

  router.get('/', async (_, response) => sendJson(response, 200, await lessons.known()));
  router.get(
    '/gaps',
    reading('query', Days, async ({ days }, _, response) =>
      sendJson(response, 200, { gaps: await lessons.gaps(new Date(now() - days * DAY_MS)) }),
    ),
  );
  router.post(
    '/variants',
    reading('body', Wording, async (wording, _, response) => tell(response, await lessons.learn({ ...wording, ...signed(response) }))),
  );
  router.delete(
    '/variants',
    reading('query', Text, async ({ text: wording }, _, response) =>
      gone(response, await lessons.forget(wording), 'Nobody taught this wording; those in files are changed in the files.'),
    ),
  );
  router.post(
    '/articles',
    reading('body', NewArticle, async (article, _, response) =>
      tell(response, await lessons.addArticle({ ...article, ...signed(response) })),
    ),
  );
  router.delete('/articles/:id', async (request, response) =>
    gone(response, await lessons.withdraw(request.params.id), 'No article of this id was published here.'),
  );
  router.get('/drafts', async (_, response) => sendJson(response, 200, { drafts: await lessons.drafts() }));
  router.delete(
    '/drafts/:ticket',
    reading('query', By, async ({ by }, request, response) => {
      await lessons.dropDraft(String(request.params.ticket), signed(response).by ?? by);
      sendJson(response, 200, {});
    }),
  );
  return router;
}
