/** Commands run where the store is: POST /api/commands with the token a server leaves in its data folder, and no other. */
import express, { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { refuse } from '../../adapters/http';

/** The words after `qiao`, and what the command finds on its standard input. */
export type CommandLine = Readonly<{ argv: readonly string[]; input?: string | undefined }>;
/** What a command writes to one of its two outputs. */
export type Said = Readonly<{ out: string } | { err: string }>;
/** `say` is told as the command writes; resolves to its exit code. Never rejects. */
export type Commands = (line: CommandLine, say: (said: Said) => void) => Promise<number>;

const Line = z.strictObject({ argv: z.array(z.string().max(1_000)).max(40), input: z.string().optional() });
/** A seed with the families of many schools. */
const AT_MOST = '32mb';

/** Mount at /api/commands. Answers with a JSON object a line: {out} or {err} as the command writes, at the end {code}. */
export function commandRoutes({ commands, guard }: Readonly<{ commands: Commands; guard: readonly RequestHandler[] }>): Router {
  const router = Router();
  router.post('/', ...guard, express.json({ limit: AT_MOST }), async (request, response) => {
    const line = Line.safeParse(request.body);
    if (!line.success) return refuse(response, 'act-invalid', 'Send {"argv": [...]}, the words of a command line after qiao.');
    const write = (part: object): void => void response.write(`${JSON.stringify(part)}\n`);
    response.type('application/x-ndjson').flushHeaders();
    write({ code: await commands(line.data, write) });
    response.end();
  });
  return router;
}
