/** Commands run where the store is: POST /api/commands with the token a server leaves in its data folder, and no other. */
import express, { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { refuse } from '../../adapters/http';

/** What a command wrote to its two outputs, and its exit code. */
export type Ran = Readonly<{ out: string; err: string; code: number }>;
export type Commands = (argv: readonly string[]) => Promise<Ran>;

const Line = z.strictObject({ argv: z.array(z.string().max(1_000)).max(40) });

/** Mount at /api/commands. Answers {out, err, code}: what the command wrote, and its exit code. */
export function commandRoutes({ commands, guard }: Readonly<{ commands: Commands; guard: readonly RequestHandler[] }>): Router {
  const router = Router();
  router.post('/', ...guard, express.json({ limit: '64kb' }), async (request, response) => {
    const line = Line.safeParse(request.body);
    if (!line.success) return refuse(response, 'act-invalid', 'Send {"argv": [...]}, the words of a command line after qiao.');
    response.json(await commands(line.data.argv));
  });
  return router;
}
